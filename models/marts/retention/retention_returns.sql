with retention_return_pairs as (
    select * from {{ ref('retention_return_pairs') }}
),

elapsed_periods as (
    select
        retention,
        period_number,
        {{ numbers_up_to('first_elapsed', 'last_elapsed') }} as elapsed
    from {{ ref('retention_periods') }}
    where period_number > 0
)

-- Of a period as many returns must lie in it as the definition wants.
select
    pairs.retention,
    pairs.unit_id,
    pairs.person_id,
    pairs.cohort_start,
    cast(elapsed_periods.period_number as integer) as return_number
from retention_return_pairs as pairs
inner join elapsed_periods
    on
        pairs.retention = elapsed_periods.retention
        and pairs.elapsed = elapsed_periods.elapsed
where pairs.return_rule = 'on'
group by
    pairs.retention, pairs.unit_id, pairs.person_id, pairs.cohort_start,
    elapsed_periods.period_number
having count(*) >= max(pairs.minimum_returns)

union all

-- Of all after it, or before it, one return decides, and its period is enough.
select
    pairs.retention,
    pairs.unit_id,
    pairs.person_id,
    pairs.cohort_start,
    pairs.elapsed as return_number
from retention_return_pairs as pairs
where pairs.return_rule <> 'on'
