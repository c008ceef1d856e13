with funnel_steps_reached as (
    select * from {{ ref('funnel_steps_reached') }}
    where step > 1
),

timed as (
    select
        funnel_steps_reached.*,
        cast(floor({{ seconds_between(
            'funnel_steps_reached.entered_at', 'funnel_steps_reached.reached_at'
        ) }}) as bigint) as whole_seconds
    from funnel_steps_reached
),

-- A bucket reaches to twice the seconds at which it begins; number 0 is below one.
placed as (
    select
        timed.funnel,
        timed.breakdown_value,
        timed.is_total,
        timed.step,
        case
            when timed.whole_seconds = 0 then 0
            else length(bin(timed.whole_seconds))
        end as bucket
    from timed
),

counted as (
    select
        placed.funnel,
        placed.breakdown_value,
        placed.is_total,
        placed.step,
        placed.bucket,
        count(*) as people_count
    from placed
    group by
        placed.funnel, placed.breakdown_value, placed.is_total, placed.step,
        placed.bucket
)

select
    counted.funnel,
    counted.breakdown_value,
    counted.is_total,
    counted.step,
    cast(counted.bucket as integer) as bucket,
    cast(
        case when counted.bucket = 0 then 0 else power(2, counted.bucket - 1) end
        as bigint
    ) as from_seconds,
    cast(power(2, counted.bucket) as bigint) as until_seconds,
    counted.people_count,
    counted.people_count / sum(counted.people_count) over (
        partition by counted.funnel, counted.breakdown_value, counted.step
    ) as share,
    sum(counted.people_count) over (
        partition by counted.funnel, counted.breakdown_value, counted.step
        order by counted.bucket
    ) / sum(counted.people_count) over (
        partition by counted.funnel, counted.breakdown_value, counted.step
    ) as cumulative_share
from counted
