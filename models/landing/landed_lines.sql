{{ config(materialized='ephemeral') }}

with raw_lines as (
    select * from {{ read_raw_lines() }}
),

spooled_lines as (
    select * from {{ read_spooled_lines() }}
)

select
    raw_lines.read_from,
    cast(null as bigint) as line_number,
    raw_lines.line,
    cast(null as varchar) as unreadable_line,
    cast(null as varchar) as reject_reason,
    cast(null as varchar) as reject_detail
from raw_lines
where raw_lines.line is not null

union all

select
    spooled_lines.read_from,
    spooled_lines.line_number,
    case
        when spooled_lines.reject_reason is null and json_valid(spooled_lines.line)
            then cast(spooled_lines.line as json)
    end as line,
    case
        when spooled_lines.reject_reason is not null or not json_valid(spooled_lines.line)
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
