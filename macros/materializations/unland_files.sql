{# Removes the lines of files that are read anew or were withdrawn. #}
{% macro unland_files(found_files) %}
    {{- return(adapter.dispatch("unland_files")(found_files)) -}}
{% endmacro %}

{% macro duckdb__unland_files(found_files) -%}
create or replace temp table removed_lines as
select event_key from {{ this }}
where file_name in (
    select file_name from {{ found_files }} where status in ('new', 'changed', 'withdrawn')
);
delete from {{ this }}
where file_name in (
    select file_name from {{ found_files }} where status in ('new', 'changed', 'withdrawn')
)
{%- endmacro %}
