-- The ledger's totals are those of the register of landed files, per file, and its
-- rejected lines are those that can be looked up.
with landed_files as (
    select * from {{ ref('landed_files') }}
),

ledger as (
    select
        file_name,
        sum(landed) as landed,
        sum(rejected) as rejected
    from {{ ref('event_ledger') }}
    group by file_name
),

rejected as (
    select
        file_name,
        count(*) as rejected
    from {{ ref('rejected_events') }}
    group by file_name
)

select
    landed_files.file_name as registered_file,
    ledger.file_name as ledger_file,
    landed_files.event_count,
    ledger.landed,
    ledger.rejected as rejected_in_ledger,
    rejected.rejected as rejected_in_table
from landed_files
full outer join ledger
    on landed_files.file_name = ledger.file_name
left join rejected
    on ledger.file_name = rejected.file_name
where
    landed_files.event_count is distinct from ledger.landed
    or ledger.rejected is distinct from coalesce(rejected.rejected, 0)
