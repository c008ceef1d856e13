{{ config(meta={'follows': 'people'}) }}

with readings as (
    select distinct
        reading,
        return_event,
        unit,
        period,
        clock,
        minimum_returns,
        minimum_returns = 1 and clock = 'calendar' as is_told_by_periods
    from {{ ref('retention_definitions') }}
),

returns as (
    select
        readings.*,
        unit_events.unit_id,
        {{ period_start(local_time('unit_events.occurred_at'), 'readings.period') }}
            as period_start,
        unit_events.occurred_at,
        unit_events.unit_position
    from readings
    inner join {{ ref('retention_unit_events') }} as unit_events
        on
            readings.return_event = unit_events.event
            and readings.unit = unit_events.unit
),

-- A day of UTC is never longer than a rolling day.
dated as (
    select
        *,
        case clock
            when 'calendar' then {{ local_day('occurred_at') }}
            else cast(occurred_at as date)
        end as day
    from returns
    where not is_told_by_periods
),

ranked as (
    select
        dated.*,
        row_number() over (
            partition by dated.reading, {{ hash_key('dated.unit_id', 'dated.day') }}
            order by dated.unit_position
        ) as place_from_first,
        count(*) over (
            partition by dated.reading, {{ hash_key('dated.unit_id', 'dated.day') }}
            order by dated.unit_position
            rows between current row and unbounded following
        ) as place_from_last
    from dated
)

-- Of a day its first and its last returns, as many as must be there: between them lies
-- none with which a period begins or ends to have enough.
select
    ranked.reading,
    ranked.unit_id,
    case when ranked.unit = 'person' then ranked.unit_id end as person_id,
    ranked.period_start,
    ranked.occurred_at,
    ranked.unit_position
from ranked
where least(ranked.place_from_first, ranked.place_from_last) <= ranked.minimum_returns

union all

-- Where one is enough, the last of a calendar period says whether there was any after
-- some moment in it.
select
    returns.reading,
    returns.unit_id,
    case when returns.unit = 'person' then returns.unit_id end as person_id,
    returns.period_start,
    max(returns.occurred_at) as occurred_at,
    max(returns.unit_position) as unit_position
from returns
where returns.is_told_by_periods
group by returns.reading, returns.unit, returns.unit_id, returns.period_start
