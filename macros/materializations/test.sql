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
    {%- set asked = graph.nodes.get(model.get('attached_node')) -%}
    {%- set is_of_key = model.get('test_metadata')
        and model.test_metadata.name == 'primary_key' -%}
    {%- set journal = journal_of_test(model, asked) -%}
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
        {%- set narrow = sql | replace(
            relation_of(asked), rows_that_share_a_key(asked, model)
        ) if is_of_key else narrowed(sql, model, plan.states, journal) -%}
        {% call statement('main', fetch_result=True) %}
            {{ get_test_sql(
                narrow, config.get('fail_calc'), config.get('warn_if'),
                config.get('error_if'), config.get('limit')
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
    follows; where each row tells by itself, or only rows that share a key with a touched
    one can have become equal to it, that of the table. None: it has to see all.
#}
{% macro journal_of_test(node, asked) %}
    {%- if node.config.meta.get('follows') -%}
        {{ return(node.config.meta.follows) }}
    {%- endif -%}
    {%- set journal = asked.config.meta.get('follows') if asked -%}
    {%- set kind = node.test_metadata.name if node.get('test_metadata') -%}
    {%- if journal in ['lines', 'events', 'people']
        and kind in ['expression_holds', 'adds_up', 'primary_key'] -%}
        {{ return(journal) }}
    {%- endif -%}
    {{ return(none) }}
{% endmacro %}

{# Of a table the rows that share what is to be unique with a row of a touched key. #}
{% macro rows_that_share_a_key(table, test) -%}
{%- set relation = relation_of(table) -%}
{%- set columns = test.test_metadata.kwargs.columns -%}
{%- set touched -%}
    ({{ key_of(table) }} in (select touched_key from touched_keys)
    {%- if key_of(table) == 'person_id' %} or person_id is null{% endif %})
{%- endset -%}
(
    select found.* from {{ relation }} as found
    semi join (
        select {% for column in columns -%}
            {{ column }} as part_{{ loop.index }}{{ ', ' if not loop.last }}
        {%- endfor %}
        from {{ relation }} where {{ touched }}
    ) as parts
        on {% for column in columns -%}
            {{ column }} = part_{{ loop.index }}{{ ' and ' if not loop.last }}
        {%- endfor %}
    union all
    select * from {{ relation }}
    where {{ touched }} and ({{ columns | join(' is null or ') }} is null)
)
{%- endmacro %}
