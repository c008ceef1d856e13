{{ config(meta=funnels_follow_people()) }}

with funnel_definitions as (
    select * from {{ ref('funnel_definitions') }}
    where
        breakdown_property is not null
        and breakdown_rule <> 'every_step'
),

required_steps as (
    select * from {{ ref('funnel_required_steps') }}
    where funnel in (select funnel_definitions.funnel from funnel_definitions)
),

step_events as (
    select * from {{ ref('funnel_step_events') }}
    where
        role = 'required'
        and funnel in (select funnel_definitions.funnel from funnel_definitions)
),

property_values as (
    select * from {{ ref('property_values') }}
    where
        property_name in (
            select funnel_definitions.breakdown_property from funnel_definitions
        )
),

-- The moment at which the step was reached that says the value.
telling_steps as (
    select
        first_steps.history_key,
        first_steps.entry_key,
        first_steps.person_id,
        funnel_definitions.breakdown_property,
        required_steps.filled_step,
        required_steps.occurred_at
    from required_steps as first_steps
    inner join funnel_definitions
        on first_steps.funnel = funnel_definitions.funnel
    left join required_steps
        on
            first_steps.history_key = required_steps.history_key
            and first_steps.entry_key = required_steps.entry_key
            and case funnel_definitions.breakdown_rule
                when 'first_touch' then required_steps.step = 1
                when 'last_touch' then required_steps.next_reached_at is null
                else funnel_definitions.breakdown_step = required_steps.step
            end
    where first_steps.step = 1
)

-- Of several events of that moment the smallest value, so that no id decides.
select
    telling_steps.history_key,
    telling_steps.entry_key,
    telling_steps.person_id,
    {{ breakdown_label("min(nullif(property_values.property_value, ''))") }}
        as breakdown_value
from telling_steps
left join step_events
    on
        telling_steps.history_key = step_events.history_key
        and telling_steps.filled_step = step_events.step
        and telling_steps.occurred_at = step_events.occurred_at
left join property_values
    on
        step_events.event_key = property_values.event_key
        and telling_steps.breakdown_property = property_values.property_name
group by
    telling_steps.history_key, telling_steps.entry_key, telling_steps.person_id
