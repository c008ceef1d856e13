{#
    Writes down which lines came, went or changed. Lines that were judged again to the
    same end are as if they had not been touched.
#}
{% macro journal_lines(is_incremental) %}
    {{- return(adapter.dispatch("journal_lines")(is_incremental)) -}}
{% endmacro %}

{% macro duckdb__journal_lines(is_incremental) %}
    {%- if not execute -%}{{ return("select 1") }}{%- endif -%}
    {%- set inputs = local_md5(model.compiled_code) -%}
    {%- set states = states_of([this]) -%}
    {%- set own = states.get(this | string) -%}
    {% if is_incremental %}
        {% call statement("journal_lines") %}
            update {{ this }} as landed_events
            set landed_in = lines_to_replay.landed_in
            from lines_to_replay
            where
                landed_events.event_key = lines_to_replay.event_key
                and landed_events.landed_in = {{ batch() }}
                and landed_events.reject_reason = lines_to_replay.reject_reason
                and landed_events.reject_detail
                is not distinct from lines_to_replay.reject_detail;
            insert into builds.touched_lines
            select distinct event_key, {{ batch() }}
            from (
                select event_key from removed_lines
                union all
                select event_key from {{ this }} where landed_in = {{ batch() }}
                union all
                {{ events_to_judge_again() }}
                select lines_to_replay.event_key from lines_to_replay
                where not exists (
                    select 1 from {{ this }} as landed_events
                    where
                        landed_events.event_key = lines_to_replay.event_key
                        and landed_events.landed_in < {{ batch() }}
                )
            );
        {% endcall %}
        {% if own and own["inputs"] != inputs %}
            {% do log("Throughline: the code that reads raw lines has changed since the"
                ~ " landed files were read. Run `dbt build --full-refresh` to have it"
                ~ " read them again.", info=true) %}
            {% set inputs = own["inputs"] %}
        {% endif %}
    {% endif %}
    {% set touched = run_query(
        "select count(*) from builds.touched_lines where batch = " ~ batch()
    ).rows[0][0] %}
    {%- set mode = "by_key" if is_incremental and own else "whole" -%}
    {% do remember_table(
        model, {"mode": mode, "inputs": inputs, "states": states},
        not is_incremental or touched > 0
    ) %}
    select 1
{% endmacro %}

{# Lines of events that lay in the future when they were judged and no longer do. #}
{% macro events_to_judge_again() %}
    {%- set invalid = adapter.get_relation(this.database, "staging", "invalid_events") -%}
    {%- set copies = adapter.get_relation(this.database, "staging", "event_copies") -%}
    {%- if invalid and copies -%}
        select copies.line_key
        from {{ invalid }} as invalid_events
        inner join {{ copies }} as copies using (event_key)
        where
            invalid_events.reject_reason = 'future_timestamp'
            and invalid_events.received_at is null
            and invalid_events.occurred_at <= {{ build_time() }} + interval 1 day
        union all
    {%- endif -%}
{% endmacro %}

{# Writes down whether the landed files are others than before. #}
{% macro remember_landed_files(found_files, is_incremental) %}
    {{- return(adapter.dispatch("remember_landed_files")(found_files, is_incremental)) -}}
{% endmacro %}

{% macro duckdb__remember_landed_files(found_files, is_incremental) %}
    {%- if not execute -%}{{ return("select 1") }}{%- endif -%}
    {% set changed = run_query(
        "select count(*) from " ~ found_files
        ~ " where status in ('new', 'changed', 'withdrawn', 'kept')"
    ).rows[0][0] %}
    {% do remember_table(
        model,
        {
            "mode": "by_key" if is_incremental else "whole", "inputs": "landed_files",
            "states": states_of([this])
        },
        not is_incremental or changed > 0
    ) %}
    select 1
{% endmacro %}
