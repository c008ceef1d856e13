{# A column that the materialization of seeds adds: Spark numbers no rows of a table. #}
{% macro spark__seed_row_number(file) -%}
seed_row_number
{%- endmacro %}
