{# A broken rule of the tracking plan, in words. #}
{% macro verdict_sentence(verdict) -%}
concat(
    case
        when {{ verdict }}.property_name is null then ''
        else concat('Property ', {{ verdict }}.property_name, ': ')
    end,
    {{ verdict }}.rule, '; expected ', {{ verdict }}.expected,
    case
        when {{ verdict }}.actual is null then ''
        else concat('; found ', {{ verdict }}.actual)
    end,
    '.'
)
{%- endmacro %}
