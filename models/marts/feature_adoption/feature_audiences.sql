with audiences as (
    select distinct
        audience,
        since_event,
        cohort,
        breakdown_property
    from {{ ref('feature_definitions') }}
),

people as (
    select * from {{ ref('people') }}
),

feature_active_days as (
    select * from {{ ref('feature_active_days') }}
),

matched_events as (
    select * from {{ ref('matched_events') }}
),

cohort_people as (
    select distinct
        cohort,
        person_id
    from {{ ref('cohort_members') }}
),

property_values as (
    select * from {{ ref('property_values') }}
),

trait_changes as (
    select * from {{ ref('trait_changes') }}
),

-- The person's first such event begins their time.
beginnings as (
    select
        audiences.audience,
        audiences.breakdown_property,
        matched_events.person_id,
        min(matched_events.occurred_at) as since_at,
        min_by(matched_events.event_key, matched_events.person_position) as event_key
    from audiences
    inner join matched_events
        on audiences.since_event = matched_events.event
    group by all
),

last_traits as (
    select
        trait_changes.person_id,
        trait_changes.property_name,
        max_by(trait_changes.property_value, trait_changes.occurred_at)
            as property_value
    from trait_changes
    group by trait_changes.person_id, trait_changes.property_name
),

active_people as (
    select
        feature_active_days.person_id,
        min(feature_active_days.first_active_at) as first_active_at
    from feature_active_days
    group by feature_active_days.person_id
)

-- What a person is now tells of a trait and of a cohort; all else is as it was when
-- their time began.
select
    audiences.audience,
    active_people.person_id,
    beginnings.since_at,
    people.is_first_seen_in_warmup,
    active_people.first_active_at,
    case
        when audiences.breakdown_property like 'cohort.%'
            then case when broken_down.person_id is null then 'false' else 'true' end
        when audiences.breakdown_property is not null
            then {{ breakdown_label(
                'coalesce(last_traits.property_value, property_values.property_value)'
            ) }}
    end as breakdown_value
from audiences
cross join active_people
inner join people
    on active_people.person_id = people.person_id
left join cohort_people as members
    on
        audiences.cohort = members.cohort
        and active_people.person_id = members.person_id
left join cohort_people as broken_down
    on
        audiences.breakdown_property = concat('cohort.', broken_down.cohort)
        and active_people.person_id = broken_down.person_id
left join beginnings
    on
        audiences.audience = beginnings.audience
        and active_people.person_id = beginnings.person_id
left join property_values
    on
        beginnings.event_key = property_values.event_key
        and beginnings.breakdown_property = property_values.property_name
left join last_traits
    on
        audiences.breakdown_property = last_traits.property_name
        and active_people.person_id = last_traits.person_id
where
    audiences.cohort is null
    or members.person_id is not null
