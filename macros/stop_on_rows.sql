{# A hook: stops the build with the messages of a table of errors, if it has any. #}
{% macro stop_on_rows(errors) -%}
select error(concat(chr(10), string_agg(
    message, chr(10) order by file, row_number, column_name, message
)))
from {{ errors }}
having count(*) > 0
{%- endmacro %}
