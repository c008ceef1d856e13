{{ config(materialized='ephemeral') }}

with raw_lines as (
    select * from {{ read_raw_lines() }}
),

spooled_lines as (
    select * from {{ read_spooled_lines() }}
),

found_files as (
    select * from {{ ref('found_files') }}
),

-- Lines that were put apart for what their bytes are, and those that an earlier build
-- could not tell to be anything.
texts as (
    select
        found_files.file_name,
        spooled_lines.line_number,
        spooled_lines.line,
        spooled_lines.reject_reason,
        spooled_lines.reject_detail
    from spooled_lines
    inner join found_files
        on spooled_lines.read_from = found_files.spooled_to

    union all

    select
        lines_to_replay.file_name,
        lines_to_replay.line_number,
        lines_to_replay.line,
        cast(null as string) as reject_reason,
        cast(null as string) as reject_detail
    from lines_to_replay
)

select
    found_files.file_name,
    cast(null as bigint) as line_number,
    raw_lines.line,
    cast(null as string) as unreadable_line,
    cast(null as string) as reject_reason,
    cast(null as string) as reject_detail
from raw_lines
inner join found_files
    on raw_lines.read_from = found_files.read_from
where raw_lines.line is not null

union all

select
    texts.file_name,
    texts.line_number,
    case
        when texts.reject_reason is null and {{ is_json('texts.line') }}
            then {{ as_json('texts.line') }}
    end as line,
    case
        when
            texts.reject_reason is not null
            or not {{ is_json('texts.line') }}
            then coalesce(texts.line, '')
    end as unreadable_line,
    case
        when texts.reject_reason is not null
            then texts.reject_reason
        when not {{ is_json('texts.line') }}
            then 'malformed_json'
    end as reject_reason,
    case
        when texts.reject_reason is not null
            then texts.reject_detail
        when not {{ is_json('texts.line') }}
            then {{ malformed_line_detail('texts.line') }}
    end as reject_detail
from texts
