{# What a row is broken down by; a value that looks like the total is told from it. #}
{% macro breakdown_label(value) -%}
case
    when {{ value }} = '(all)' then '"(all)"'
    else coalesce(nullif({{ value }}, ''), '(not set)')
end
{%- endmacro %}
