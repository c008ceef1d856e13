{#
    A table that is made anew only where something that it depends on has changed. With
    the meta key `follows` it is a table of keys (lines, events, people): the statement
    gives the rows of a key from the rows of that key alone, and only those of the keys
    that were touched are replaced.
#}
{% materialization table, adapter='duckdb', supported_languages=['sql', 'python'] %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set plan = build_plan(
        model, compiled_code, existing is not none and existing.type == 'table'
    ) -%}
    {% if plan.mode == 'whole' %}
        {{ run_hooks(pre_hooks, inside_transaction=True) }}
        {% if model.language == 'python' %}
            {# Another connection fills it: what this one has begun would stand in its way. #}
            {%- set new_relation = make_intermediate_relation(target_relation) -%}
            {% call statement('main', language='python') -%}
                {{- create_table_as(False, new_relation, compiled_code, 'python') }}
            {%- endcall %}
            {% do set_aside(existing) %}
            {% do adapter.rename_relation(new_relation, target_relation) %}
        {% else %}
            {% set last = set_aside(existing) %}
            {% call statement('main') -%}
                {{- create_table_as(False, target_relation, compiled_code) }}
            {%- endcall %}
        {% endif %}
        {% if last %}
            {% set own = plan.states.get(this | string) %}
            {% call statement('record') %}
                {{ context['record_' ~ model.config.meta.records](
                    last, this, own is not none and own["inputs"] != plan.inputs,
                    plan.since if own else '(select max(batch) - 1 from builds.batches)') }}
            {% endcall %}
            {% do adapter.drop_relation(last) %}
        {% endif %}
        {{ run_hooks(post_hooks, inside_transaction=True) }}
        {% do remember_table(model, plan, true) %}
        {{ adapter.commit() }}
        {{ return({'relations': [target_relation]}) }}
    {% endif %}
    {% set changes = namespace(count=0) %}
    {% set key = none %}
    {% if plan.mode == 'by_key' %}
        {% set journal = model.config.meta.follows %}
        {% set key = key_of(model) %}
        {% do take_touched_keys(journal, plan.since) %}
        {% set changes.count = run_query('select count(*) from touched_keys').rows[0][0] %}
    {% endif %}
    {# What belongs to nobody has no key to be touched: it is always looked at. #}
    {% if changes.count or key == 'person_id' %}
        {% set narrow = narrowed(compiled_code, model, plan.states, journal) %}
        {% call statement('new_rows') %}
            create or replace temp table new_rows as
            {{ narrow }}
        {% endcall %}
        {% if model.config.meta.get('journals') %}
            {% call statement('journal') %}
                {{ context['journal_' ~ model.config.meta.journals]('new_rows') }}
            {% endcall %}
        {% endif %}
        {% if not changes.count %}
            {% set changes.count = run_query(rows_of_nobody_that_differ()).rows[0][0] %}
        {% endif %}
        {% call statement('main') %}
            delete from {{ this }}
            where {{ key }} in (select touched_key from touched_keys);
            {% if key == 'person_id' %}
            delete from {{ this }} where {{ key }} is null;
            {% endif %}
            insert into {{ this }} by name select * from new_rows;
        {% endcall %}
    {% else %}
        {% call noop_statement('main', 'SKIP') %}{% endcall %}
    {% endif %}
    {% if plan.mode == 'by_key' %}
        {% do remember_table(model, plan, changes.count > 0) %}
    {% endif %}
    {{ adapter.commit() }}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{# The column that holds the keys of a table of keys. #}
{% macro key_of(node) %}
    {{ return(node.config.meta.get('key') or {'lines': 'line_key', 'people': 'person_id'}.get(
        node.config.meta.follows, 'event_key')) }}
{% endmacro %}

{#
    Makes room for a table that is made anew, in the transaction that makes it: one whose
    changes are written down stays, under the name that is given back, to be compared.
#}
{% macro set_aside(existing) %}
    {% if not existing %}{{ return(none) }}{% endif %}
    {% if model.config.meta.get('records') %}
        {%- set last = make_backup_relation(existing, existing.type) -%}
        {% do adapter.rename_relation(existing, last) %}
        {{ return(last) }}
    {% endif %}
    {% do adapter.drop_relation(existing) %}
    {{ return(none) }}
{% endmacro %}

{# How many rows without a person are others than before. #}
{% macro rows_of_nobody_that_differ() -%}
{%- set columns = adapter.get_columns_in_relation(this) | map(attribute='quoted') | join(', ') -%}
{%- set sides = [] -%}
{%- for relation in ['new_rows', this] -%}
    {%- do sides.append(
        'select ' ~ columns ~ ' from ' ~ relation ~ ' where person_id is null') -%}
{%- endfor -%}
select count(*)
from (
    ({{ sides | join(' except all ') }}) union all ({{ sides | reverse | join(' except all ') }})
)
{%- endmacro %}
