{#
    The reader gives no numbers to lines that are JSON, so the files that hold lines
    kept for rejection are read once more, in order, to number those.
#}
{% macro number_rejected_lines(found_files) %}
    {{- return(adapter.dispatch("number_rejected_lines")(found_files)) -}}
{% endmacro %}

{% macro duckdb__number_rejected_lines(found_files) -%}
set variable files_to_number = (
    select coalesce(list(distinct found_files.read_from), getvariable('files_to_read')[1:1])
    from {{ this }} as landed_events
    inner join {{ found_files }} as found_files using (file_name)
    where landed_events.payload is not null and landed_events.line_number is null
);
update {{ this }} as landed_events
set line_number = numbered.line_number
from (
    with positions as materialized (
        select
            found_files.file_name,
            {{ hash_key('found_files.file_name', 'lines.line') }} as event_key,
            lines.position
        from {{ read_numbered_lines() }} as lines
        inner join {{ found_files }} as found_files on lines.read_from = found_files.read_from
    ), first_positions as (
        select file_name, min(position) as first_position from positions group by file_name
    ), rejected as (
        select rowid as row_id, event_key,
            row_number() over (partition by event_key order by rowid) as copy_number
        from {{ this }} where payload is not null and line_number is null
    ), lines as (
        select positions.event_key, position - first_position + 1 as line_number,
            row_number() over (partition by event_key order by position) as copy_number
        from positions inner join first_positions using (file_name)
        where positions.event_key in (select event_key from rejected)
    )
    select rejected.row_id, lines.line_number
    from rejected inner join lines using (event_key, copy_number)
) as numbered
where landed_events.rowid = numbered.row_id
{%- endmacro %}
