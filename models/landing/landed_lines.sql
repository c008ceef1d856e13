{{ config(materialized='ephemeral') }}

with raw_lines as (
    select * from {{ read_raw_lines() }}
),

spooled_lines as (
    select * from {{ read_spooled_lines() }}
),

found_files as (
    select * from {{ ref('found_files') }}
)

select
    found_files.file_name,
    cast(null as bigint) as line_number,
    raw_lines.line,
    cast(null as varchar) as unreadable_line,
    cast(null as varchar) as reject_reason,
    cast(null as varchar) as reject_detail
from raw_lines
inner join found_files
    on raw_lines.read_from = found_files.read_from
where raw_lines.line is not null

union all

select
    found_files.file_name,
    spooled_lines.line_number,
    case
        when spooled_lines.reject_reason is null and json_valid(spooled_lines.line)
            then cast(spooled_lines.line as json)
    end as line,
    case
        when
            spooled_lines.reject_reason is not null
            or not json_valid(spooled_lines.line)
            then coalesce(spooled_lines.line, '')
    end as unreadable_line,
    case
        when spooled_lines.reject_reason is not null
            then spooled_lines.reject_reason
        when not json_valid(spooled_lines.line)
            then 'malformed_json'
    end as reject_reason,
    case
        when spooled_lines.reject_reason is not null
            then spooled_lines.reject_detail
        when not json_valid(spooled_lines.line)
            then {{ malformed_line_detail('spooled_lines.line') }}
    end as reject_detail
from spooled_lines
inner join found_files
    on spooled_lines.read_from = found_files.spooled_to
