{# What of a relative effect is lost on average where it is for the worse, flat prior. #}
{% macro normal_loss(verdict) -%}
{{ verdict }}.relative_standard_error * (
    0.3989422804014327 * exp(-power({{ verdict }}.gain, 2) / 2)
    - {{ verdict }}.gain * case
        when {{ verdict }}.gain < 0 then 1 - {{ verdict }}.normal_tail
        else {{ verdict }}.normal_tail
    end
)
{%- endmacro %}
