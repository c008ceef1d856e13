{# The bundled sample leaves the register as soon as another events path is set. #}
{% macro forget_withdrawn_files(found_files) %}
    {{- return(adapter.dispatch("forget_withdrawn_files")(found_files)) -}}
{% endmacro %}

{% macro duckdb__forget_withdrawn_files(found_files) -%}
delete from {{ this }}
where file_name in (
    select file_name from {{ found_files }} where status = 'withdrawn'
)
{%- endmacro %}
