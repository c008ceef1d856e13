{{ config(meta={'follows': 'people'}) }}

with readings as (
    select distinct
        reading,
        return_event,
        unit,
        period,
        clock,
        minimum_returns,
        minimum_returns = 1 and clock = 'calendar' as is_told_by_days
    from {{ ref('retention_definitions') }}
),

retention_unit_days as (
    select * from {{ ref('retention_unit_days') }}
),

retention_unit_events as (
    select
        *,
        {{ local_day('occurred_at') }} as activity_date
    from {{ ref('retention_unit_events') }}
),

days as (
    select
        readings.reading,
        unit_days.unit_id,
        unit_days.person_id,
        {{ period_start('unit_days.activity_date', 'readings.period') }}
            as period_start,
        unit_days.last_at,
        unit_days.last_position
    from readings
    inner join retention_unit_days as unit_days
        on
            readings.return_event = unit_days.event
            and readings.unit = unit_days.unit
    where readings.is_told_by_days
),

-- A day of UTC is never longer than a rolling day.
dated as (
    select
        readings.reading,
        readings.minimum_returns,
        unit_events.unit_id,
        unit_events.person_id,
        {{ period_start('unit_events.activity_date', 'readings.period') }}
            as period_start,
        case readings.clock
            when 'calendar' then unit_events.activity_date
            else cast(unit_events.occurred_at as date)
        end as day,
        unit_events.occurred_at,
        unit_events.unit_position
    from readings
    inner join retention_unit_events as unit_events
        on
            readings.return_event = unit_events.event
            and readings.unit = unit_events.unit
    where not readings.is_told_by_days
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
    ranked.person_id,
    ranked.period_start,
    ranked.occurred_at,
    ranked.unit_position
from ranked
where least(ranked.place_from_first, ranked.place_from_last) <= ranked.minimum_returns

union all

-- Where one is enough, the last of a calendar period says whether there was any after
-- some moment in it.
select
    days.reading,
    days.unit_id,
    days.person_id,
    days.period_start,
    max(days.last_at) as occurred_at,
    max(days.last_position) as unit_position
from days
group by days.reading, days.unit_id, days.person_id, days.period_start
