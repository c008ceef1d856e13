{{ config(materialized='view') }}

select
    restated_periods.batch as restated_in_batch,
    restated_periods.mart,
    restated_periods.series,
    restated_periods.column_name,
    restated_periods.reason,
    restated_periods.previous_value,
    restated_periods.value,
    restated_periods.value - restated_periods.previous_value as change,
    restated_periods.period_start,
    batches.started_at as restated_at
from {{ source('builds', 'restated_periods') }} as restated_periods
inner join {{ source('builds', 'batches') }} as batches
    on restated_periods.batch = batches.batch
