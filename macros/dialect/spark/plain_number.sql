{# Spark only. A number as DuckDB writes it where Spark wrote it with an exponent. #}
{% macro plain_number(text) -%}
case
    when {{ text }} rlike '^-?[0-9][.][0-9]+E(1?[0-9]|20|-[1-6])$'
        then format_number(cast({{ text }} as double), '0.0####################')
    else {{ text }}
end
{%- endmacro %}
