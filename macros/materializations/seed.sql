{# A seed is loaded again only where its file has changed, or its columns' types. Of a file
   above a mebibyte dbt's own checksum is its path. #}
{% materialization seed, adapter='duckdb' %}
    {%- set checksum = model.checksum.checksum if model.checksum.name != 'path'
        else run_query("select md5(content) from read_blob('"
            ~ (model.root_path ~ '/' ~ model.original_file_path) | replace("'", "''") ~ "')"
        ).rows[0][0] -%}
    {%- set inputs = local_md5(checksum ~ model.config.column_types) -%}
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
