{# dbt's own: the rows of a unit test's fixture as a statement. #}
{% macro get_fixture_sql(rows, column_name_to_data_types) %}
    {{- return(adapter.dispatch("get_fixture_sql")(rows, column_name_to_data_types)) -}}
{% endmacro %}

{% macro duckdb__get_fixture_sql(rows, column_name_to_data_types) -%}
{{ dbt.get_fixture_sql(rows, column_name_to_data_types) }}
{%- endmacro %}
