{{ config(meta={'follows': 'people'}) }}

with retention_definitions as (
    select
        *,
        case when cohort_rule = 'recurring' then cohort_from end as counts_from
    from {{ ref('retention_definitions') }}
),

retention_unit_events as (
    select * from {{ ref('retention_unit_events') }}
),

-- What comes after a range is the first of nobody in it; what comes before it may be
-- the first of all time.
candidates as (
    select
        retention_definitions.retention,
        retention_definitions.unit,
        retention_definitions.cohort_rule,
        unit_events.unit_id,
        {{ period_start(
            local_time('unit_events.occurred_at'), 'retention_definitions.period'
        ) }} as cohort_start,
        unit_events.occurred_at,
        unit_events.unit_position,
        unit_events.event_key
    from retention_definitions
    inner join retention_unit_events as unit_events
        on
            retention_definitions.cohort_event = unit_events.event
            and retention_definitions.unit = unit_events.unit
    where
        unit_events.occurred_at
        >= coalesce(retention_definitions.counts_from, timestamp '0001-01-01')
        and unit_events.occurred_at
        < coalesce(retention_definitions.cohort_until, timestamp '9999-01-01')
)

-- The first of all time, or the first of each period.
select
    candidates.retention,
    candidates.unit_id,
    case when candidates.unit = 'person' then candidates.unit_id end as person_id,
    min(candidates.cohort_start) as cohort_start,
    min(candidates.occurred_at) as entered_at,
    min(candidates.unit_position) as entry_position,
    min_by(candidates.event_key, candidates.unit_position) as event_key
from candidates
group by
    candidates.retention, candidates.unit, candidates.unit_id,
    case when candidates.cohort_rule = 'recurring' then candidates.cohort_start end
