{#
    The same as on DuckDB: its comment says how. Nodes keep their names, for numbering
    them would take all of them through one task. What a round leaves for the next is a
    table, as a view would be asked again for all that it is made of; tables cannot be
    written over while they are read, so that each round writes the other of two.
#}
{% materialization connected_components, adapter='spark' %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set existing = load_cached_relation(this) -%}
    {% call statement('builds') %}create schema if not exists builds{% endcall %}
    {% set edges = scratch_table('edges_0') %}
    {% do make_scratch(edges,
        'select distinct node, other_node from (' ~ compiled_code ~ ') as edges'
        ~ ' where node <> other_node') %}
    {% set roots = scratch_table('roots_0') %}
    {% do make_scratch(roots, 'select node, node as root from ' ~ edges
        ~ ' union select other_node, other_node from ' ~ edges) %}
    {% set round = namespace(
        edges=edges, roots=roots, left=run_query('select count(*) from ' ~ edges).rows[0][0]
    ) %}
    {% for number in range(1, 100) if round.left > 0 %}
        {% set pointers = follow_pointers(round.edges) %}
        {% set roots = scratch_table('roots_' ~ number % 2) %}
        {% do make_scratch(roots, further_roots(round.roots, pointers)) %}
        {% set edges = scratch_table('edges_' ~ number % 2) %}
        {% do make_scratch(edges, contracted_edges(round.edges, pointers)) %}
        {% set round.roots = roots %}
        {% set round.edges = edges %}
        {% set round.left = run_query('select count(*) from ' ~ edges).rows[0][0] %}
    {% endfor %}
    {% if existing %}{% do adapter.drop_relation(existing) %}{% endif %}
    {% call statement('main') %}
        {{ create_table_as(
            False, target_relation, 'select node, root as component from ' ~ round.roots) }}
    {% endcall %}
    {% for name in ['edges', 'roots', 'pointers'] %}
        {% do drop_scratch(scratch_table(name ~ '_0')) %}
        {% do drop_scratch(scratch_table(name ~ '_1')) %}
    {% endfor %}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{# From the smallest neighbour, by doubling, to the end: the table of the last pointers. #}
{% macro follow_pointers(edges) %}
    {% set last = namespace(pointers=scratch_table('pointers_0'), moved=1) %}
    {% do make_scratch(last.pointers, 'select node, least(node, min(other_node)) as root'
        ~ ', true as is_moved from (select node, other_node from ' ~ edges
        ~ ' union all select other_node, node from ' ~ edges
        ~ ') as neighbours (node, other_node) group by node') %}
    {% for number in range(1, 65) if last.moved > 0 %}
        {% set jumped = scratch_table('pointers_' ~ number % 2) %}
        {% do make_scratch(jumped, 'select pointers.node, further.root'
            ~ ', further.root <> pointers.root as is_moved from ' ~ last.pointers
            ~ ' as pointers inner join ' ~ last.pointers
            ~ ' as further on pointers.root = further.node') %}
        {% set last.moved = run_query(
            'select count(*) from ' ~ jumped ~ ' where is_moved').rows[0][0] %}
        {% set last.pointers = jumped %}
    {% endfor %}
    {{ return(last.pointers) }}
{% endmacro %}

{# The roots of nodes after a round: where the last one's roots now point to. #}
{% macro further_roots(roots, pointers) -%}
select roots.node, coalesce(pointers.root, roots.root) as root
from {{ roots }} as roots
left join {{ pointers }} as pointers on roots.root = pointers.node
{%- endmacro %}

{# The edges between different trees of a round, each tree one node. #}
{% macro contracted_edges(edges, pointers) -%}
select distinct low.root as node, high.root as other_node
from {{ edges }} as edges
inner join {{ pointers }} as low on edges.node = low.node
inner join {{ pointers }} as high on edges.other_node = high.node
where low.root <> high.root
{%- endmacro %}

{# A table of this model's build alone. #}
{% macro scratch_table(name) %}
    {{ return('builds.' ~ this.identifier ~ '__' ~ name) }}
{% endmacro %}

{# Makes a scratch table anew, whatever a build that broke off has left. #}
{% macro make_scratch(name, query) %}
    {% do drop_scratch(name) %}
    {% call statement('scratch') %}
        create table {{ name }} using parquet as
        {{ query }}
    {% endcall %}
{% endmacro %}

{% macro drop_scratch(name) %}
    {% call statement('drop_scratch') %}drop table if exists {{ name }}{% endcall %}
{% endmacro %}
