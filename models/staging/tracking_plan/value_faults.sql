with planned_properties as (
    select * from {{ ref('planned_properties') }}
),

tracking_plan_rules as (
    select * from {{ ref('tracking_plan_rules') }}
),

carried as (
    select
        planned_properties.property_number,
        planned_properties.type,
        planned_properties.is_required,
        planned_properties.has_value_rule,
        {{ json_at('identified_events.properties', 'planned_properties.path') }}
            as value
    from {{ ref('identified_events') }} as identified_events
    inner join planned_properties
        on identified_events.event_name = planned_properties.event_name
    where identified_events.event_type in ('track', 'page', 'screen')
),

-- Each value is judged once, however many events carry it; most have none but their
-- type to keep.
distinct_values as (
    select distinct
        carried.property_number,
        carried.value
    from carried
    where case
        when carried.value is null then carried.is_required
        when carried.has_value_rule then true
        when carried.type = 'any' then false
        else carried.type <> {{ json_kind('carried.value') }}
    end
),

judged as (
    select
        planned_properties.*,
        distinct_values.value,
        {{ json_kind('distinct_values.value') }} as kind,
        {{ json_text('distinct_values.value') }} as text
    from distinct_values
    inner join planned_properties
        on distinct_values.property_number = planned_properties.property_number
),

faulty as (
    select
        judged.*,
        tracking_plan_rules.rule
    from judged
    inner join tracking_plan_rules
        on {{ breaks_rule('tracking_plan_rules.rule', 'judged') }}
    where tracking_plan_rules.policy <> 'allow'
)

select
    faulty.event_name,
    faulty.property_name,
    faulty.path,
    faulty.is_pii,
    {{ shown_value('faulty.value', 'faulty.is_pii') }} as value,
    faulty.rule,
    {{ rule_expectation('faulty.rule', 'faulty') }} as expected,
    case
        when faulty.value is null then null
        when faulty.is_pii then '(personal)'
        when faulty.rule = 'wrong_type' then cast(faulty.value as string)
        else faulty.text
    end as actual
from faulty
