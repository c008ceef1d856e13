{#
    Definitions are text in every column, whatever they look like: what a cell should
    have been is judged, and said, by the project and not by a type guess.
#}
{% macro duckdb__create_csv_table(model, agate_table) %}
    {%- set is_all_text = model['config'].get('meta', {}).get('is_all_text', false) -%}
    {%- if not is_all_text -%}
        {{ return(default__create_csv_table(model, agate_table)) }}
    {%- endif -%}
    {% set sql %}
        create table {{ this.render() }} (
            {%- for column in agate_table.column_names %}
            {{ adapter.quote(column) }} varchar {%- if not loop.last %},{% endif %}
            {%- endfor %}
        )
    {% endset %}
    {% call statement('_') -%}
        {{ sql }}
    {%- endcall %}
    {{ return(sql) }}
{% endmacro %}

{#
    A seed that is there already is made anew: refilled, its rows would go on being
    counted where they stopped, and a column added to the file would be missed.
#}
{% macro duckdb__reset_csv_table(model, full_refresh, old_relation, agate_table) %}
    {{ adapter.drop_relation(old_relation) }}
    {{ return(create_csv_table(model, agate_table)) }}
{% endmacro %}
