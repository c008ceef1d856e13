with retention_definitions as (
    select * from {{ ref('retention_definitions') }}
),

matched_events as (
    select * from {{ ref('matched_events') }}
),

event_property_values as (
    select * from {{ ref('event_property_values') }}
),

people as (
    select * from {{ ref('people') }}
),

cohort_events as (
    select
        retention_definitions.*,
        matched_events.person_id,
        matched_events.event_key,
        matched_events.occurred_at as entered_at,
        matched_events.person_position as entry_position,
        {{ period_start(
            local_time('matched_events.occurred_at'), 'retention_definitions.period'
        ) }} as cohort_start
    from retention_definitions
    inner join matched_events
        on retention_definitions.cohort_event = matched_events.event
),

-- The first of all time, or the first of each period.
entries as (
    select cohort_events.*
    from cohort_events
    qualify row_number() over (
        partition by
            cohort_events.retention,
            cohort_events.person_id,
            case
                when cohort_events.cohort_rule = 'recurring'
                    then cohort_events.cohort_start
            end
        order by cohort_events.entry_position
    ) = 1
)

select
    entries.retention,
    entries.person_id,
    entries.cohort_start,
    entries.entered_at,
    entries.entry_position,
    case
        when entries.breakdown_property is not null
            then {{ breakdown_label('event_property_values.property_value') }}
    end as breakdown_value
from entries
inner join people
    on entries.person_id = people.person_id
left join event_property_values
    on
        entries.event_key = event_property_values.event_key
        and entries.breakdown_property = event_property_values.property_name
where
    entries.entered_at >= coalesce(entries.cohort_from, timestamp '0001-01-01')
    and entries.entered_at < coalesce(entries.cohort_until, timestamp '9999-01-01')
    and not (entries.cohort_rule = 'first_time' and people.is_first_seen_in_warmup)
