{{ config(meta={'follows': 'people'}) }}

with retention_definitions as (
    select
        *,
        case when cohort_rule = 'recurring' then cohort_from end as counts_from
    from {{ ref('retention_definitions') }}
),

retention_unit_days as (
    select * from {{ ref('retention_unit_days') }}
),

retention_unit_events as (
    select * from {{ ref('retention_unit_events') }}
),

cohort_days as (
    select
        retention_definitions.retention,
        retention_definitions.cohort_rule,
        retention_definitions.period,
        retention_definitions.counts_from,
        unit_days.*
    from retention_definitions
    inner join retention_unit_days as unit_days
        on
            retention_definitions.cohort_event = unit_days.event
            and retention_definitions.unit = unit_days.unit
    where
        retention_definitions.counts_from is null
        or unit_days.last_at >= retention_definitions.counts_from
),

-- Of a day that cohort_from cuts, the events after the cut.
candidates as (
    select
        cohort_days.retention,
        cohort_days.cohort_rule,
        cohort_days.period,
        cohort_days.unit_id,
        cohort_days.person_id,
        cohort_days.activity_date,
        cohort_days.first_at as entered_at,
        cohort_days.first_position as entry_position,
        cohort_days.first_event_key as event_key
    from cohort_days
    where
        cohort_days.counts_from is null
        or cohort_days.first_at >= cohort_days.counts_from

    union all

    select
        cohort_days.retention,
        cohort_days.cohort_rule,
        cohort_days.period,
        cohort_days.unit_id,
        cohort_days.person_id,
        cohort_days.activity_date,
        unit_events.occurred_at as entered_at,
        unit_events.unit_position as entry_position,
        unit_events.event_key
    from cohort_days
    inner join retention_unit_events as unit_events
        on
            cohort_days.event = unit_events.event
            and cohort_days.unit = unit_events.unit
            and cohort_days.unit_id = unit_events.unit_id
            and cohort_days.counts_from <= unit_events.occurred_at
            and cohort_days.last_at >= unit_events.occurred_at
    where cohort_days.first_at < cohort_days.counts_from
),

dated as (
    select
        candidates.*,
        {{ period_start('candidates.activity_date', 'candidates.period') }}
            as cohort_start
    from candidates
)

-- The first of all time, or the first of each period.
select
    dated.retention,
    dated.unit_id,
    dated.person_id,
    min(dated.cohort_start) as cohort_start,
    min(dated.entered_at) as entered_at,
    min(dated.entry_position) as entry_position,
    min_by(dated.event_key, dated.entry_position) as event_key
from dated
group by
    dated.retention, dated.unit_id, dated.person_id,
    case when dated.cohort_rule = 'recurring' then dated.cohort_start end
