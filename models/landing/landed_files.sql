{{
    config(
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key='file_name',
        on_schema_change='fail',
        pre_hook="{{ refuse_unread_files(ref('found_files'), ref('landed_events')) }}",
        post_hook=[
            "{{ forget_files_without_lines() }}",
            "{{ report_landing(ref('found_files')) }}",
            "{{ remember_landed_files(ref('found_files'), is_incremental()) }}"
        ]
    )
}}

with found_files as (
    select * from {{ ref('found_files') }}
),

landed_events as (
    select * from {{ ref('landed_events') }}
),

new_files as (
    select *
    from found_files
    where found_files.status in ('new', 'changed', 'kept')
),

counted as (
    select
        landed_events.file_name,
        count(*) as line_count,
        sum(landed_events.event_count) as event_count,
        count(landed_events.reject_reason) as rejected_line_count
    from landed_events
    inner join new_files
        on landed_events.file_name = new_files.file_name
    group by landed_events.file_name
)

select
    new_files.file_name,
    new_files.size_bytes,
    new_files.modified_at,
    new_files.is_sample,
    counted.line_count,
    counted.event_count,
    counted.rejected_line_count
from new_files
inner join counted
    on new_files.file_name = counted.file_name
