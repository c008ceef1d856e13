{# Makes the source raw_events.files, where no plugin of the adapter does. #}
{% macro list_raw_files() %}
    {{- return(adapter.dispatch("list_raw_files")()) -}}
{% endmacro %}

{% macro duckdb__list_raw_files() %}{% endmacro %}
