{{ config(meta=funnels_follow_people()) }}

with funnel_definitions as (
    select * from {{ ref('funnel_definitions') }}
),

-- The required steps of direct funnels are followed in the events themselves.
funnel_step_definitions as (
    select * from {{ ref('funnel_step_definitions') }}
    where
        role <> 'required'
        or funnel not in (
            select pairs.funnel from {{ ref('funnel_step_pairs') }} as pairs
            where pairs.is_direct
        )
),

matched_events as (
    select * from {{ ref('matched_events') }}
),

event_groups as (
    select * from {{ ref('event_groups') }}
    where group_type in (select funnel_definitions.unit from funnel_definitions)
),

followed_values as (
    select * from {{ ref('property_values') }}
    where property_name in (
        select funnel_definitions.held_property from funnel_definitions

        union all

        select funnel_definitions.breakdown_property from funnel_definitions
        where funnel_definitions.breakdown_rule = 'every_step'
    )
),

members as (
    select distinct
        cohort,
        person_id
    from {{ ref('cohort_members') }}
    where cohort in (select funnel_definitions.cohort from funnel_definitions)
),

-- A funnel whose steps must all carry one value is followed once as a whole and once
-- within each value.
views as (
    select
        *,
        cast(null as string) as carried_property
    from funnel_definitions

    union all

    select
        *,
        breakdown_property as carried_property
    from funnel_definitions
    where breakdown_rule = 'every_step'
),

step_events as (
    select
        funnel_step_definitions.funnel,
        funnel_step_definitions.role,
        funnel_step_definitions.step,
        funnel_step_definitions.after_step,
        funnel_step_definitions.before_step,
        case views.unit
            when 'session' then matched_events.session_id
            when 'person' then matched_events.person_id
            else event_groups.group_id
        end as holder_id,
        views.unit = 'person' as is_person,
        case when event_groups.group_id is null then matched_events.person_id end
            as person_id,
        views.held_property,
        nullif(held_values.property_value, '') as held_value,
        case
            when views.carried_property is null then '(all)'
            else {{ breakdown_label('carried_values.property_value') }}
        end as breakdown_value,
        matched_events.match_key,
        matched_events.event_key,
        matched_events.occurred_at
    from funnel_step_definitions
    inner join views
        on funnel_step_definitions.funnel = views.funnel
    inner join matched_events
        on funnel_step_definitions.event = matched_events.event
    left join event_groups
        on
            matched_events.event_key = event_groups.event_key
            and views.unit = event_groups.group_type
    left join followed_values as held_values
        on
            matched_events.event_key = held_values.event_key
            and views.held_property = held_values.property_name
    left join followed_values as carried_values
        on
            matched_events.event_key = carried_values.event_key
            and views.carried_property = carried_values.property_name
    left join members
        on
            views.cohort = members.cohort
            and matched_events.person_id = members.person_id
    where views.cohort is null or members.person_id is not null
)

-- Within a held property a unit is its holder with one value.
select
    step_events.funnel,
    step_events.person_id,
    case when not step_events.is_person then step_events.holder_id end as holder_id,
    step_events.held_value,
    step_events.breakdown_value,
    {{ history_key(
        'step_events.funnel', 'step_events.breakdown_value',
        'step_events.holder_id', 'step_events.held_value'
    ) }} as history_key,
    step_events.role,
    step_events.step,
    step_events.after_step,
    step_events.before_step,
    step_events.match_key,
    step_events.event_key,
    step_events.occurred_at
from step_events
where
    step_events.holder_id is not null
    and (step_events.held_property is null or step_events.held_value is not null)
