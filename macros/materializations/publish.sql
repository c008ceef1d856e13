{#
    After a whole build in which nothing failed: puts the public tables into a file that
    BI tools read, which takes the place of the last one in one step. Tables that are large,
    and events by months, are Parquet files beside it, written again only where they have
    changed; the file has views of them.
#}
{% macro publish(results) %}
    {{- return(adapter.dispatch("publish")(results)) -}}
{% endmacro %}

{% macro duckdb__publish(results) %}
    {%- set folder = env_var('THROUGHLINE_PUBLISHED_PATH', 'published') -%}
    {%- set chosen = [] -%}
    {%- for name in ["select", "exclude", "resource_types", "exclude_resource_types"] -%}
        {%- do chosen.extend(invocation_args_dict.get(name) or []) -%}
    {%- endfor -%}
    {# The default selector leaves nothing out that is published. #}
    {%- if (invocation_args_dict.get("selector") or "all_but_unit_tests")
        != "all_but_unit_tests" -%}
        {%- do chosen.append("selector") -%}
    {%- endif -%}
    {%- if not execute or flags.WHICH != "build" or folder in ["", "none"] or chosen -%}
        {{ return("") }}
    {%- endif -%}
    {%- set held_back = [] -%}
    {%- for result in results if result.status | string not in
        ["success", "pass", "no-op", "warn"] -%}
        {%- do held_back.append(result.node.name ~ " (" ~ result.status ~ ")") -%}
    {%- endfor -%}
    {% if held_back %}
        {% do log("Throughline: nothing is published, for this failed: "
            ~ held_back[:5] | join(", ") ~ ("" if held_back | length <= 5 else
            " and " ~ (held_back | length - 5) ~ " more")
            ~ ". What was published before stays.", info=true) %}
        {{ return("") }}
    {% endif %}
    {%- set file = folder ~ "/throughline.duckdb" -%}
    {%- set last_written = "concat(size, ' ', last_modified)" -%}
    {%- set format = env_var('THROUGHLINE_PUBLISHED_FORMAT', 'duckdb') -%}
    {%- set inputs = format ~ " " ~ state_of() -%}
    {# Another database may have published there, or somebody have put a file back. What
       is no file is an error, what fits no pattern none. #}
    {% if run_query("select 1 from builds.published_parts where part = '" ~ file
        ~ "' and inputs = '" ~ inputs ~ "' and file_name = (select " ~ last_written
        ~ " from read_blob('" ~ folder ~ "/throughline.duckd[b]'))").rows %}
        {{ return("") }}
    {% endif %}
    {%- set stamp = modules.datetime.datetime.now(modules.pytz.utc).strftime(
        "%Y%m%dT%H%M%S%f") -%}
    {%- set new_file = folder ~ "/new_" ~ stamp ~ ".duckdb" -%}
    {%- set tables = [] -%}
    {%- for node in graph.nodes.values() | sort(attribute="name") -%}
        {%- if node.resource_type == "model" and node.access == "public" -%}
            {%- do tables.append(publish_parts(node, folder, stamp)) -%}
        {%- endif -%}
    {%- endfor -%}
    {% do adapter.commit() %}
    {% call statement("new_file", auto_begin=False) %}
        attach '{{ new_file }}' as published (storage_version 'v1.0.0');
    {% endcall %}
    {% for table in tables %}
        {% call statement("published_table", auto_begin=False) %}
            create or replace {{ "view" if table.is_view else "table" }} published.{{ table.name }}
            as {{ table.query }}
            {% if format == 'parquet' %};
            copy ({{ table.query }})
            to '{{ folder }}/{{ table.name }}.parquet' (format parquet, use_tmp_file true)
            {% endif %}
        {% endcall %}
    {% endfor %}
    {% call statement("published", auto_begin=False) %}
        detach published;
        copy (select content from read_blob('{{ new_file }}'))
        to '{{ file }}' (format blob, use_tmp_file true);
    {% endcall %}
    {% call statement("publication") %}
        delete from builds.published_parts where part = '{{ file }}';
        insert into builds.published_parts (part, inputs, file_name)
        select '{{ file }}', '{{ inputs }}', {{ last_written }} from read_blob('{{ file }}')
    {% endcall %}
    {% do adapter.commit() %}
    {% do log("Throughline: published " ~ tables | length ~ " tables in '" ~ file ~ "'.",
        info=true) %}
{% endmacro %}

{#
    What stands for a public table in the published file: the table itself, or the Parquet
    files that hold it, of which those are written that have changed.
#}
{% macro publish_parts(node, folder, stamp) %}
    {%- set relation = relation_of(node) -%}
    {%- set parts = {} -%}
    {%- if node.name == "events" -%}
        {%- for row in run_query(published_months()).rows -%}
            {%- do parts.update({"events/month=" ~ row[0]: row[1]}) -%}
        {%- endfor -%}
    {%- elif run_query("select count(*) from " ~ relation).rows[0][0] > 1000000 -%}
        {# What a view shows may change with anything. #}
        {%- set is_view = node.config.materialized == "view" -%}
        {%- do parts.update({node.name ~ "/month=all": state_of(
            none if is_view else relation)}) -%}
    {%- endif -%}
    {%- set files = {} -%}
    {%- for row in run_query(
        "select part, file_name, inputs from builds.published_parts where exists ("
        ~ "select 1 from glob('" ~ folder ~ "/**/*.parquet')"
        ~ " where file like replace(file_name, '*', '%'))").rows -%}
        {%- if parts.get(row[0]) == row[2] -%}
            {%- do files.update({row[0]: row[1]}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set months = [] -%}
    {%- for part in parts if part not in files -%}
        {%- do files.update({part: folder ~ "/" ~ part ~ "/" ~ stamp ~ "_*.parquet"}) -%}
        {%- do months.append(part.split("=")[1]) -%}
    {%- endfor -%}
    {% if months %}
        {%- set month = "strftime(occurred_at, '%Y-%m')" if node.name == "events" else "'all'" -%}
        {% call statement("parts") %}
            copy (
                select *, {{ month }} as month from {{ relation }}
                where {{ month }} in ('{{ months | join("', '") }}')
            ) to '{{ folder }}/{{ node.name }}' (
                format parquet, compression zstd, partition_by (month),
                overwrite_or_ignore true,
                filename_pattern '{{ stamp }}_{i}'
            )
        {% endcall %}
        {% for part, inputs in parts.items() %}
            {% call statement("part") %}
                delete from builds.published_parts where part = '{{ part }}';
                insert into builds.published_parts (part, inputs, file_name)
                values ('{{ part }}', '{{ inputs }}', '{{ files[part] }}')
            {% endcall %}
        {% endfor %}
    {% endif %}
    {%- set working_folder = run_query(
        "select getvariable('throughline_working_folder')").rows[0][0] -%}
    {%- set names = [] -%}
    {%- for file in files.values() | sort -%}
        {%- do names.append("'" ~ ("" if file[0] == "/" else working_folder ~ "/")
            ~ file ~ "'") -%}
    {%- endfor -%}
    {# Older libraries take JSON in Parquet for text, and a view that says so for broken. #}
    {%- set casts = [] -%}
    {%- for column in adapter.get_columns_in_relation(api.Relation.create(
        database=node.database, schema=node.schema, identifier=node.alias))
        if column.dtype == "JSON" -%}
        {%- do casts.append("cast(" ~ column.name ~ " as json) as " ~ column.name) -%}
    {%- endfor -%}
    {%- set columns = "* replace (" ~ casts | join(", ") ~ ")" if casts else "*" -%}
    {{ return({
        "name": node.alias, "is_view": names | length > 0,
        "query": "select " ~ columns ~ " from read_parquet([" ~ names | join(", ")
            ~ "], hive_partitioning = false)" if names else "select * from " ~ relation
    }) }}
{% endmacro %}

{# What changes when a relation does, or any but the list of files. #}
{% macro state_of(relation=none) %}
    {{ return(run_query(
        "select md5(string_agg(concat_ws(' ', relation, inputs, statement, changed_in), ' '"
        ~ " order by relation)) from builds.table_states where "
        ~ ("relation = '" ~ relation ~ "'" if relation
            else "relation not like '%found_files%'")
    ).rows[0][0]) }}
{% endmacro %}

{# The months of events, each with what changes when any of its events does. #}
{% macro published_months() %}
    {%- set names = [] -%}
    {%- for name in ["staged_events", "event_devices", "internal_events", "ip_locations",
        "hashed_events", "tracking_plan_events"] -%}
        {%- do names.append('%"' ~ name ~ '"') -%}
    {%- endfor -%}
    select
        strftime(occurred_at, '%Y-%m') as month,
        concat(
            sum(hash(event_key, person_id, session_id, event_index, channel)::hugeint), ' ',
            (
                select md5(string_agg(inputs, ' ' order by relation))
                from builds.table_states
                where list_bool_or([relation like name for name in
                    ['{{ names | join("', '") }}']])
            )
        ) as inputs
    from {{ relation_of(graph.nodes['model.throughline.session_events']) }}
    group by month
    order by month
{% endmacro %}
