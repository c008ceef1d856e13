{#
    Keeps the lines of a table that was made anew before more is done to them: what is
    changed in the transaction that makes a table is written a second time. Until the
    journal is written no build is known to have finished the table, and a build that
    finds it so reads every file anew.
#}
{% macro keep_first_lines(is_incremental) %}
    {{- return(adapter.dispatch("keep_first_lines")(is_incremental)) -}}
{% endmacro %}

{% macro duckdb__keep_first_lines(is_incremental) %}
    {%- if execute and not is_incremental -%}
        {% call statement("keep_first_lines") %}
            delete from builds.table_states where relation = '{{ this }}'
        {% endcall %}
        {% do adapter.commit() %}
    {%- endif -%}
{% endmacro %}
