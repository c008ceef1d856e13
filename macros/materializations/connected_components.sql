{#
    The connected components of a graph: from a statement of its edges (node, other_node;
    text) a table of its nodes (node), each with the smallest node that it is connected
    with (component).

    Every node points to the smallest of its neighbours and itself; pointers are followed
    to their ends by doubling; each tree so found becomes one node. Of the nodes that are
    left each has taken in at least one other, so that two rounds halve them: the number
    of rounds grows with the logarithm of the number of nodes, however long a chain is.
    Source: Kiveris et al., Connected Components in MapReduce and Beyond, 2014.
#}
{% materialization connected_components, adapter='duckdb' %}
    {%- set existing = load_cached_relation(this) -%}
    {%- set plan = build_plan(model, compiled_code, existing is not none) -%}
    {% if plan.mode == 'skip' %}
        {% call noop_statement('main', 'SKIP') %}{% endcall %}
        {{ adapter.commit() }}
        {{ return({'relations': [this.incorporate(type='table')]}) }}
    {% endif %}
    {% call statement('edges') %}
        create or replace temp table named_edges as
        select distinct node, other_node from ({{ compiled_code }}) where node <> other_node;
        create or replace temp table nodes as
        select node, row_number() over (order by node) as number
        from (
            select node from named_edges union select other_node from named_edges
        );
        create or replace temp table roots as select number, number as root from nodes;
        create or replace temp table edges as
        select low.number as number, high.number as other
        from named_edges
        inner join nodes as low on named_edges.node = low.node
        inner join nodes as high on named_edges.other_node = high.node;
        drop table named_edges
    {% endcall %}
    {% set left = namespace(edges=run_query('select count(*) from edges').rows[0][0]) %}
    {% for round in range(100) if left.edges > 0 %}
        {{ contract_components() }}
        {% set left.edges = run_query('select count(*) from edges').rows[0][0] %}
    {% endfor %}
    {% call statement('main') %}
        create or replace table {{ this }} as
        select nodes.node, smallest.node as component
        from nodes
        inner join roots on nodes.number = roots.number
        inner join nodes as smallest on roots.root = smallest.number;
        drop table nodes;
        drop table roots;
        drop table edges
    {% endcall %}
    {% do remember_table(model, plan, true) %}
    {{ adapter.commit() }}
    {{ return({'relations': [this.incorporate(type='table')]}) }}
{% endmaterialization %}

{# One round: to the smallest neighbour, to the ends, and together. #}
{% macro contract_components() %}
    {% call statement('pointers') %}
        create or replace temp table pointers as
        select number, least(number, min(other)) as root
        from (
            select number, other from edges union all select other, number from edges
        )
        group by number
    {% endcall %}
    {% set moved = namespace(count=1) %}
    {% for jump in range(64) if moved.count > 0 %}
        {% call statement('jump') %}
            create or replace temp table jumped as
            select
                pointers.number,
                further.root,
                further.root <> pointers.root as is_moved
            from pointers
            inner join pointers as further on pointers.root = further.number
        {% endcall %}
        {% set moved.count = run_query(
            'select count(*) from jumped where is_moved').rows[0][0] %}
        {% call statement('jumped') %}
            create or replace temp table pointers as select number, root from jumped
        {% endcall %}
    {% endfor %}
    {% call statement('contract') %}
        create or replace temp table rooted as
        select roots.number, coalesce(pointers.root, roots.root) as root
        from roots
        left join pointers on roots.root = pointers.number;
        create or replace temp table roots as select * from rooted;
        create or replace temp table contracted as
        select distinct low.root as number, high.root as other
        from edges
        inner join pointers as low on edges.number = low.number
        inner join pointers as high on edges.other = high.number
        where low.root <> high.root;
        create or replace temp table edges as select * from contracted
    {% endcall %}
{% endmacro %}
