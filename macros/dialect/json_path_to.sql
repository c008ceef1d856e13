{# A key at the top of an object as a path that json_at() reads. #}
{% macro json_path_to(key) %}
    {{- return(adapter.dispatch("json_path_to")(key)) -}}
{% endmacro %}

{% macro duckdb__json_path_to(key) -%}
concat('/', replace(replace({{ key }}, '~', '~0'), '/', '~1'))
{%- endmacro %}
