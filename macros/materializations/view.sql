{# A view is made anew only where its statement has changed; its readers go by that. #}
{% materialization view, adapter='duckdb' %}
    {%- set target_relation = this.incorporate(type='view') -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set known = run_query(
        "select statement from builds.table_states where relation = '" ~ this ~ "'"
    ).rows -%}
    {% if existing and existing.type == 'view' and known and known[0][0] == sql %}
        {% call noop_statement('main', 'SKIP') %}{% endcall %}
    {% else %}
        {% if existing and existing.type != 'view' %}
            {% do adapter.drop_relation(existing) %}
        {% endif %}
        {% if config.get('contract').enforced %}
            {% do get_assert_columns_equivalent(sql) %}
        {% endif %}
        {% call statement('main') %}
            create or replace view {{ this }} as (
                {{ sql }}
            )
        {% endcall %}
        {% call statement('remember_view') %}
            delete from builds.table_states where relation = '{{ this }}';
            insert into builds.table_states (relation, statement)
            values ('{{ this }}', '{{ sql | replace("'", "''") }}')
        {% endcall %}
    {% endif %}
    {{ adapter.commit() }}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
