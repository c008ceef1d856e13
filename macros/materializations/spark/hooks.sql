{#
    What a build on DuckDB does before, between and after its tables and a build on Spark
    need not do: there every table is made anew from the files that are there, none follows
    a journal, and the warehouse itself is what BI tools read.
#}
{% macro spark__create_folds() %}{% endmacro %}
{% macro spark__publish(results) %}{% endmacro %}
{% macro spark__prepare_landing(found_files) %}{% endmacro %}
{% macro spark__refuse_unread_files(found_files, landed_events) %}{% endmacro %}
{% macro spark__keep_first_lines(is_incremental) %}{% endmacro %}
{% macro spark__unland_files(found_files) %}{% endmacro %}
{% macro spark__number_rejected_lines(found_files) %}{% endmacro %}
{% macro spark__land_line_errors(found_files) %}{% endmacro %}
{% macro spark__number_equal_lines() %}{% endmacro %}
{% macro spark__journal_lines(is_incremental) %}{% endmacro %}
{% macro spark__forget_files_without_lines() %}{% endmacro %}
{% macro spark__remember_landed_files(found_files, is_incremental) %}{% endmacro %}

{# No line is replayed: all are judged again at every build. #}
{% macro spark__take_lines_to_replay(found_files, is_incremental) -%}
create or replace temporary view lines_to_replay as
select
    cast(null as string) as file_name,
    cast(null as bigint) as line_number,
    cast(null as string) as line
where false
{%- endmacro %}

{% macro spark__report_landing(found_files) -%}
{%- set counts = run_query(
    "select count(*), sum(line_count), sum(rejected_line_count) from " ~ this
).rows[0] if execute -%}
{%- if counts -%}
    {%- do log("Throughline: landed " ~ "{:,}".format((counts[1] or 0) | int) ~ " lines of "
        ~ counts[0] ~ " files, " ~ "{:,}".format((counts[2] or 0) | int)
        ~ " of them not readable as an event.", info=true) -%}
{%- endif -%}
{%- endmacro %}

{# The build's number, and the tables of its own state that models read. #}
{% macro spark__open_batch() %}
    {%- if not execute or flags.WHICH not in ["build", "run", "seed"] -%}
        {{ return("") }}
    {%- endif -%}
    {% for statement in [
        "create schema if not exists builds",
        "create table if not exists builds.batches (
            batch integer, invocation_id string, started_at timestamp_ntz
        ) using parquet",
        "create table if not exists builds.identity_changes (
            changed_in_batch integer, identifier_type string, identifier string,
            previous_person_id string, person_id string, reason string
        ) using parquet",
        "create table if not exists builds.moved_identifiers (
            identifier_type string, identifier string, batch integer
        ) using parquet",
        "create table if not exists builds.touched_days (
            batch integer, day timestamp_ntz, reason string
        ) using parquet",
        "create table if not exists builds.restated_periods (
            batch integer, mart string, series string, period_start timestamp_ntz,
            column_name string, previous_value double, value double, reason string
        ) using parquet",
        "insert into builds.batches
        select
            coalesce(max(batch), 0) + 1, '" ~ invocation_id ~ "',
            cast(current_timestamp() as timestamp_ntz)
        from builds.batches",
    ] %}
        {% do run_query(statement) %}
    {% endfor %}
{% endmacro %}

{# A geography database on Spark is a table of the warehouse: see read_geography. #}
{% macro spark__check_geography() %}{% endmacro %}

{# What the marts have changed of the past is told together. #}
{% macro spark__close_batch(results) %}
    {%- if not execute or flags.WHICH not in ["build", "run"] -%}
        {{ return("") }}
    {%- endif -%}
    {%- set waiting = run_query("show tables in builds like '*__restated'").columns[1].values()
    -%}
    {% if waiting %}
        {% do run_query("insert into builds.restated_periods select * from builds."
            ~ waiting | join(" union all select * from builds.")) %}
        {% for name in waiting %}
            {% do run_query("drop table builds." ~ name) %}
        {% endfor %}
    {% endif %}
{% endmacro %}
