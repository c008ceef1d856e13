{# All rows of some relations, of which not each has all columns: without one it is null. #}
{% macro union_by_name(relations) %}
    {{- return(adapter.dispatch("union_by_name")(relations)) -}}
{% endmacro %}

{% macro duckdb__union_by_name(relations) -%}
select * from {{ relations | join("\n\nunion all by name\n\nselect * from ") }}
{%- endmacro %}
