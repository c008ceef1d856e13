{{ config(meta={'follows': 'people'}) }}

with readings as (
    select distinct
        reading,
        return_event,
        unit,
        period,
        clock,
        minimum_returns
    from {{ ref('retention_definitions') }}
),

retention_unit_days as (
    select * from {{ ref('retention_unit_days') }}
),

retention_unit_events as (
    select
        *,
        {{ local_day('occurred_at') }} as activity_date,
        cast(occurred_at as date) as utc_date
    from {{ ref('retention_unit_events') }}
),

days as (
    select
        readings.reading,
        readings.minimum_returns,
        readings.clock,
        unit_days.unit_id,
        unit_days.person_id,
        {{ period_start('unit_days.activity_date', 'readings.period') }}
            as period_start,
        case
            when readings.clock = 'rolling_24h' then unit_days.utc_date
        end as rolling_date,
        unit_days.first_at,
        unit_days.first_position,
        unit_days.last_at,
        unit_days.last_position
    from readings
    inner join retention_unit_days as unit_days
        on
            readings.return_event = unit_days.event
            and readings.unit = unit_days.unit
    where readings.minimum_returns = 1
),

-- Where several returns must be there, the first and the last so many of each day.
ranked as (
    select
        readings.reading,
        readings.minimum_returns,
        readings.clock,
        unit_events.unit_id,
        unit_events.person_id,
        {{ period_start('unit_events.activity_date', 'readings.period') }}
            as period_start,
        unit_events.occurred_at,
        unit_events.unit_position,
        row_number() over (
            partition by
                readings.reading, unit_events.unit_id, unit_events.activity_date,
                unit_events.utc_date
            order by unit_events.unit_position asc
        ) as place_from_first,
        row_number() over (
            partition by
                readings.reading, unit_events.unit_id, unit_events.activity_date,
                unit_events.utc_date
            order by unit_events.unit_position desc
        ) as place_from_last
    from readings
    inner join retention_unit_events as unit_events
        on
            readings.return_event = unit_events.event
            and readings.unit = unit_events.unit
    where readings.minimum_returns > 1
)

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
-- some moment in it, and so do the first and the last of a day on a rolling clock.
select
    days.reading,
    days.unit_id,
    days.person_id,
    days.period_start,
    max(days.last_at) as occurred_at,
    max(days.last_position) as unit_position
from days
group by
    days.reading, days.unit_id, days.person_id, days.period_start, days.rolling_date

union all

select
    days.reading,
    days.unit_id,
    days.person_id,
    days.period_start,
    days.first_at as occurred_at,
    days.first_position as unit_position
from days
where
    days.clock = 'rolling_24h'
    and days.first_position < days.last_position
