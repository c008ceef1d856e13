{#
    The statement of a model, reading of its tables only the rows of touched_keys. A view
    is written out, so that the tables behind it are narrowed and not what it makes of
    them. A table is narrowed where it is one of keys and has the key in question (of a line:
    line_key or, where one line is one event, event_key).
#}
{% macro narrowed(sql, node, states, journal, columns=none) %}
    {%- set key = {"lines": "line_key", "people": "person_id"}.get(journal, "event_key") -%}
    {%- set columns = columns or columns_that_are(["event_key", key], states) -%}
    {%- set text = namespace(sql=sql) -%}
    {%- set views = [] -%}
    {%- for parent_id in node.depends_on.nodes | unique -%}
        {%- set parent = graph.nodes.get(parent_id) -%}
        {%- if parent and parent.config.materialized == "view" -%}
            {%- do views.append(parent) -%}
        {%- elif parent and parent.resource_type == "model" -%}
            {%- set name = relation_of(parent) -%}
            {%- set found = columns.get(name, []) -%}
            {%- set column = "event_key" if key == "line_key" and key not in found else key -%}
            {%- if column in found and parent.config.meta.get("follows") -%}
                {%- set rows = "select * from " ~ name ~ " where " ~ column -%}
                {%- set text.sql = text.sql | replace(name,
                    "(" ~ rows ~ " in (select touched_key from touched_keys)"
                    ~ (" union all " ~ rows ~ " is null" if key == "person_id" else "")
                    ~ ")") -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for view in views -%}
        {%- set name = relation_of(view) -%}
        {%- set text.sql = text.sql | replace(
            name, "("
            ~ narrowed(states[name]["statement"], view, states, journal, columns) ~ ")"
        ) -%}
    {%- endfor -%}
    {{ return(text.sql) }}
{% endmacro %}

{# Which of some columns the relations have whose states are known: {relation: [names]}. #}
{% macro columns_that_are(names, states) %}
    {%- set found = {} -%}
    {%- for row in run_query(
        "select relation, column_name from (select column_name, concat('\"', database_name,"
        ~ " '\".\"', schema_name, '\".\"', table_name, '\"') as relation"
        ~ " from duckdb_columns() where column_name in ('" ~ names | join("', '") ~ "'))"
        ~ " where relation in ('" ~ states.keys() | join("', '") ~ "')"
    ).rows -%}
        {%- do found.update({row[0]: found.get(row[0], []) + [row[1]]}) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
