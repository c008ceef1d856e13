{#
    Ends a build, and forgets of its journals what every table has followed. What passed
    without being asked is as good as asked.
#}
{% macro close_batch(results) %}
    {{- return(adapter.dispatch("close_batch")(results)) -}}
{% endmacro %}

{% macro duckdb__close_batch(results) %}
    {%- if not execute or flags.WHICH not in ["build", "run", "seed"] -%}
        {{ return("") }}
    {%- endif -%}
    {%- set followers = {"lines": [], "events": [], "people": []} -%}
    {%- for node in graph.nodes.values() -%}
        {%- set journal = node.config.get("meta", {}).get("follows") -%}
        {%- if node.resource_type == "model" and journal -%}
            {%- do followers["events" if journal == "moves" else journal].append(
                relation_of(node)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set passed = [] -%}
    {%- for result in results if result.node.resource_type == "test" -%}
        {%- if result.status == "pass" and result.failures == 0 -%}
            {%- do passed.append(relation_of(result.node)) -%}
        {%- endif -%}
    {%- endfor -%}
    {% call statement("close_batch") %}
        update builds.table_states set built_in = {{ batch() }}
        where relation in ('{{ passed | join("', '") }}');
        update builds.batches set finished_at = now() at time zone 'UTC'
        where batch = {{ batch() }};
        {% for journal, relations in followers.items() %}
            delete from builds.touched_{{ journal }}
            where batch <= (
                select min(built_in) from builds.table_states
                where relation in ('{{ relations | join("', '") }}')
            );
        {% endfor %}
        delete from builds.moved_identifiers
        where batch <= (
            select built_in from builds.table_states
            where relation like '%"event_people"'
        );
    {% endcall %}
    {% do adapter.commit() %}
{% endmacro %}
