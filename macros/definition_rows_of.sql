{# The rows of one definition file, numbered as in the file, with their cells as JSON. #}
{% macro definition_rows_of(file) -%}
select
    '{{ file }}' as file,
    {{ seed_row_number(file) }} as row_number,
    {{ seed_row_as_json(file) }} as cells
from {{ ref(file) }} as {{ file }}
{%- endmacro %}
