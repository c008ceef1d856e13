{#
    In a build a test that has passed is not asked again while nothing that it looks at
    has changed since; and one of which the rows of a key tell by themselves is asked
    again only of the keys that were touched since, where it passed in the last build that
    came to its end: of earlier ones the journals are forgotten. `dbt test` asks every test
    of all.
#}
{% materialization test, adapter='duckdb' %}
    {% if flags.WHICH != 'build' or should_store_failures() %}
        {{ return(dbt.materialization_test_default()) }}
    {% endif %}
    {%- set journal = journal_of_test(model) -%}
    {%- set plan = build_plan(model, sql, true, journal) -%}
    {% if plan.mode == 'skip' %}
        {% call statement('main', fetch_result=True) %}
            select 0 as failures, false as should_warn, false as should_error
        {% endcall %}
        {{ adapter.commit() }}
        {{ return({'relations': []}) }}
    {% endif %}
    {%- set finished = run_query(
        'select max(batch) from builds.batches where finished_at is not null'
    ).rows[0][0] if plan.mode == 'by_key' -%}
    {% if plan.mode == 'by_key' and plan.since >= (finished or 0) %}
        {% do take_touched_keys(journal, plan.since) %}
        {% call statement('main', fetch_result=True) %}
            {{ get_test_sql(
                narrowed(sql, model, plan.states, journal), config.get('fail_calc'),
                config.get('warn_if'), config.get('error_if'), config.get('limit')
            ) }}
        {% endcall %}
    {% else %}
        {% do dbt.materialization_test_default() %}
    {% endif %}
    {% if load_result('main').table.rows[0][0] == 0 %}
        {% do remember_table(model, plan, false) %}
    {% endif %}
    {{ adapter.commit() }}
    {{ return({'relations': []}) }}
{% endmaterialization %}

{#
    The journal by which a test can be asked of touched keys alone: what its meta says it
    follows; where each row tells by itself, or what is to be unique is the key, that of
    the table. None: it has to see all.
#}
{% macro journal_of_test(node) %}
    {%- if node.config.meta.get('follows') -%}
        {{ return(node.config.meta.follows) }}
    {%- endif -%}
    {%- set asked = graph.nodes.get(node.get('attached_node')) -%}
    {%- set journal = asked.config.meta.get('follows') if asked -%}
    {%- set kind = node.test_metadata.name if node.get('test_metadata') -%}
    {%- set key = {'lines': 'event_key', 'events': 'event_key', 'people': 'person_id'} -%}
    {%- if journal in key and (kind in ['expression_holds', 'adds_up']
        or kind == 'primary_key' and key[journal] in node.test_metadata.kwargs.columns) -%}
        {{ return(journal) }}
    {%- endif -%}
    {{ return(none) }}
{% endmacro %}
