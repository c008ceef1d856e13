{# Spark only. A number as DuckDB writes it, from its text in JSON or from Spark's. #}
{% macro json_number(text) -%}
{%- set number = "cast(" ~ text ~ " as double)" -%}
case
    when not {{ text }} rlike '^-?[0-9]+[.eE]' or abs({{ number }}) > 1.7976931348623157e308
        then {{ text }}
    when abs({{ number }}) >= 1e-6 and abs({{ number }}) < 1e21
        then format_number({{ number }}, '0.0#########################')
    else replace(replace(cast({{ number }} as string), '.0E', 'e'), 'E', 'e')
end
{%- endmacro %}
