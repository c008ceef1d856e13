with needed_properties as (
    select * from {{ ref('needed_properties') }}
    where property_name like 'cohort.%'
),

matched_events as (
    select * from {{ ref('matched_events') }}
),

cohort_members as (
    select
        *,
        concat('cohort.', cohort) as property_name
    from {{ ref('cohort_members') }}
),

wanted as (
    select distinct
        matched_events.event_key,
        matched_events.person_id,
        matched_events.occurred_at,
        needed_properties.property_name
    from matched_events
    inner join needed_properties
        on matched_events.event = needed_properties.event
)

select
    wanted.event_key,
    wanted.person_id,
    wanted.property_name,
    case
        when cohort_members.entered_at is null then 'false'
        when cohort_members.exited_at <= wanted.occurred_at then 'false'
        else 'true'
    end as property_value
from wanted
asof left join cohort_members
    on
        wanted.person_id = cohort_members.person_id
        and wanted.property_name = cohort_members.property_name
        and wanted.occurred_at >= cohort_members.entered_at
