{{ config(pre_hook="{{ list_raw_files() }}") }}

with files as (
    select * from {{ source('raw_events', 'files') }}
)

select
    files.file_name,
    files.size_bytes,
    files.modified_at,
    files.is_sample,
    files.status,
    files.read_from,
    files.spooled_to
from files
