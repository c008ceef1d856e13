{#
    The statement of a model, reading of its tables only the rows of touched_keys. A view
    is written out, so that the tables behind it are narrowed and not what it makes of
    them. A table is narrowed where it is one of keys and has the key in question (of a line:
    line_key or, where one line is one event, event_key).
#}
{% macro narrowed(sql, node, states, journal) %}
    {%- set key = {"lines": "line_key", "people": "person_id"}.get(journal, "event_key") -%}
    {%- set text = namespace(sql=sql) -%}
    {%- set views = [] -%}
    {%- for parent_id in node.depends_on.nodes | unique -%}
        {%- set parent = graph.nodes.get(parent_id) -%}
        {%- if parent and parent.config.materialized == "view" -%}
            {%- do views.append(parent) -%}
        {%- elif parent and parent.resource_type == "model" -%}
            {%- set name = relation_of(parent) -%}
            {%- set columns = adapter.get_columns_in_relation(api.Relation.create(
                database=parent.database, schema=parent.schema, identifier=parent.alias
            )) | map(attribute="name") | list -%}
            {%- set found = [key] if key in columns else (
                ["event_key"] if key == "line_key" and "event_key" in columns else []
            ) -%}
            {%- if found and parent.config.meta.get("follows") -%}
                {%- set rows = "select * from " ~ name ~ " where " ~ found[0] -%}
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
            name, "(" ~ narrowed(states[name]["statement"], view, states, journal) ~ ")"
        ) -%}
    {%- endfor -%}
    {{ return(text.sql) }}
{% endmacro %}
