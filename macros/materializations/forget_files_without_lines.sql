{#
    Files whose lines are gone leave the register: the bundled sample as soon as another
    events path is set, and what was to be forgotten.
#}
{% macro forget_files_without_lines() %}
    {{- return(adapter.dispatch("forget_files_without_lines")()) -}}
{% endmacro %}

{% macro duckdb__forget_files_without_lines() -%}
delete from {{ this }}
where file_name not in (select distinct file_name from {{ ref('landed_events') }})
{%- endmacro %}
