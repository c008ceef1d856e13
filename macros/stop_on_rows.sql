{# A hook: stops the build with the messages of a table of errors, if it has any. #}
{% macro stop_on_rows(errors) -%}
{%- set messages = joined_texts(
    "message", "chr(10)", "file, row_number, column_name, message"
) -%}
select case when count(*) > 0 then {{ stop_with("concat(chr(10), " ~ messages ~ ")") }} end
from {{ errors }}
{%- endmacro %}
