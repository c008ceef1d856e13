{#
    The tables and seeds that a node reads, those behind views too: {unique id: node};
    views stands for the views themselves.
#}
{% macro table_parents(node) %}
    {%- set found = {"tables": {}, "views": {}} -%}
    {%- for parent_id in node.depends_on.nodes -%}
        {%- set parent = graph.nodes.get(parent_id) -%}
        {%- if parent and parent.config.materialized in ["view", "ephemeral"] -%}
            {%- if parent.config.materialized == "view" -%}
                {%- do found.views.update({parent_id: parent}) -%}
            {%- endif -%}
            {%- set behind = table_parents(parent) -%}
            {%- do found.tables.update(behind.tables) -%}
            {%- do found.views.update(behind.views) -%}
        {%- elif parent -%}
            {%- do found.tables.update({parent_id: parent}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}

{# The name of a node's relation, as a statement writes it. #}
{% macro relation_of(node) -%}
    {{ return(api.Relation.create(
        database=node.database, schema=node.schema, identifier=node.alias
    ) | string) }}
{%- endmacro %}
