{# Removes the lines of files that are read anew or were withdrawn. #}
{% macro unland_files(found_files) -%}
delete from {{ this }}
where file_name in (
    select file_name from {{ found_files }} where status in ('new', 'changed', 'withdrawn')
)
{%- endmacro %}
