{#
    Gives this build its number, and makes the tables of the build's own state where they
    are not there yet:
    - batches: one row per build;
    - table_states: what each table was last built from (inputs), what its readers go by
      (fingerprint), and the builds in which it was last made current, last changed and
      last made anew as a whole; of views their statement; of tests when they last passed;
    - touched_lines, touched_events, touched_people: keys whose rows a build changed;
    - touched_days: past days of which a build changed events;
    - moved_identifiers, identity_changes: whose identifiers a build moved;
    - restated_periods: what a build changed of the past;
    - published_parts: the files that hold the published tables that are large.
#}
{% macro open_batch() %}
    {{- return(adapter.dispatch("open_batch")()) -}}
{% endmacro %}

{% macro duckdb__open_batch() %}
    {%- if not execute or flags.WHICH not in ["build", "run", "seed"] -%}
        {{ return("") }}
    {%- endif -%}
    {% call statement("builds") %}
        create schema if not exists builds;
        create table if not exists builds.batches (
            batch integer, invocation_id varchar, started_at timestamp,
            finished_at timestamp
        );
        create table if not exists builds.table_states (
            relation varchar, inputs varchar, fingerprint varchar, statement varchar,
            built_in integer, changed_in integer, rebuilt_in integer
        );
        create table if not exists builds.touched_lines (line_key ubigint, batch integer);
        create table if not exists builds.touched_events (event_key ubigint, batch integer);
        create table if not exists builds.touched_people (person_id varchar, batch integer);
        create table if not exists builds.touched_days (
            batch integer, day timestamp, reason varchar
        );
        create table if not exists builds.moved_identifiers (
            identifier_type varchar, identifier varchar, batch integer
        );
        create table if not exists builds.identity_changes (
            changed_in_batch integer, identifier_type varchar, identifier varchar,
            previous_person_id varchar, person_id varchar, reason varchar
        );
        create table if not exists builds.restated_periods (
            batch integer, mart varchar, series varchar, period_start timestamp,
            column_name varchar, previous_value double, value double, reason varchar
        );
        create table if not exists builds.published_parts (
            part varchar, inputs varchar, file_name varchar
        );
    {% endcall %}
    {# A file that was copied or renamed has the states of another database. #}
    {% do run_query("delete from builds.table_states"
        ~ " where not starts_with(relation, concat('\"', current_database(), '\".'))") %}
    {% for table in run_query("select schema_name, table_name from duckdb_tables()"
        ~ " where database_name = current_database() and (suffix(table_name, '__dbt_backup')"
        ~ " or suffix(table_name, '__dbt_tmp')) and not temporary").rows %}
        {# Left behind by a build that was killed. #}
        {% do run_query('drop table "' ~ table[0] ~ '"."' ~ table[1] ~ '"') %}
    {% endfor %}
    {% call statement("batch") %}
        insert into builds.batches (batch, invocation_id, started_at)
        select coalesce(max(batch), 0) + 1, '{{ invocation_id }}', now() at time zone 'UTC'
        from builds.batches
    {% endcall %}
    {% do adapter.commit() %}
{% endmacro %}

{# The number of this build. #}
{% macro batch() -%}
(select max(batch) from builds.batches)
{%- endmacro %}
