{# The chance that a gain is above zero, with a flat prior. #}
{% macro normal_chance(verdict) -%}
case
    when {{ verdict }}.gain < 0 then {{ verdict }}.normal_tail
    else 1 - {{ verdict }}.normal_tail
end
{%- endmacro %}
