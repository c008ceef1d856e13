{{ config(meta=funnels_follow_people()) }}

with funnel_definitions as (
    select * from {{ ref('funnel_definitions') }}
    where
        breakdown_property is not null
        and breakdown_rule <> 'every_step'
),

counted_attempts as (
    select * from {{ ref('funnel_counted_attempts') }}
),

funnel_histories as (
    select * from {{ ref('funnel_histories') }}
),

funnel_attempts as (
    select * from {{ ref('funnel_attempts') }}
    where
        breakdown_value = '(all)'
        and funnel in (select funnel_definitions.funnel from funnel_definitions)
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
        counted_attempts.history_key,
        counted_attempts.entry_key,
        counted_attempts.person_id,
        funnel_definitions.breakdown_property,
        funnel_attempts.filled_step,
        funnel_attempts.occurred_at
    from counted_attempts
    inner join funnel_definitions
        on counted_attempts.funnel = funnel_definitions.funnel
    left join funnel_attempts
        on
            counted_attempts.history_key = funnel_attempts.history_key
            and counted_attempts.entry_key = funnel_attempts.entry_key
            and funnel_attempts.step = case funnel_definitions.breakdown_rule
                when 'first_touch' then 1
                when 'last_touch' then counted_attempts.depth
                else funnel_definitions.breakdown_step
            end
),

-- Of several events of that moment the smallest value, so that no id decides.
told as (
    select
        telling_steps.history_key,
        telling_steps.entry_key,
        telling_steps.person_id,
        min(nullif(property_values.property_value, '')) as property_value
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
)

-- Each attempt counts in the total, or within a value that all its steps carry, and
-- under the value that one of its steps told.
select
    counted_attempts.history_key,
    counted_attempts.entry_key,
    counted_attempts.person_id,
    funnel_histories.breakdown_value
from counted_attempts
inner join funnel_histories
    on counted_attempts.history_key = funnel_histories.history_key

union all

select
    told.history_key,
    told.entry_key,
    told.person_id,
    {{ breakdown_label('told.property_value') }} as breakdown_value
from told
