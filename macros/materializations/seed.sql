{# A seed is loaded again only where its file has changed, or its columns' types. #}
{% materialization seed, adapter='duckdb' %}
    {%- set inputs = local_md5(model.checksum.checksum ~ model.config.column_types) -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set known = run_query(
        "select inputs from builds.table_states where relation = '" ~ this ~ "'"
    ) -%}
    {% if existing and known.rows and known.rows[0][0] == inputs
        and not should_full_refresh() %}
        {% do store_result('agate_table', response='SKIP', agate_table=known) %}
        {% call noop_statement('main', 'SKIP') %}{% endcall %}
        {{ adapter.commit() }}
        {{ return({'relations': [this.incorporate(type='table')]}) }}
    {% endif %}
    {% call statement('remember_seed') %}
        delete from builds.table_states where relation = '{{ this }}';
        insert into builds.table_states (relation, inputs)
        values ('{{ this }}', '{{ inputs }}')
    {% endcall %}
    {{ return(dbt.materialization_seed_default()) }}
{% endmaterialization %}
