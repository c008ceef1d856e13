{# A value's text so that equal values have equal texts: 1, 1.0 and 1e0 are all 1. #}
{% macro comparable_value(text, kind) -%}
case
    when {{ kind }} in ('number', 'integer') then coalesce(
        cast({{ whole_number(text) }} as string),
        cast(try_cast({{ text }} as double) as string)
    )
    else {{ text }}
end
{%- endmacro %}
