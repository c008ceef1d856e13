with plan as (
    select
        {{ defined_name(cell('event', 'rows')) }} as event_name,
        {{ cell('property', 'rows') }} as property_name,
        {{ cell('type', 'rows') }} as type,
        {{ cell('is_required', 'rows') }} = 'true' as is_required,
        {{ cell('allowed_values', 'rows') }} as allowed_values,
        {{ cell('pattern', 'rows') }} as pattern,
        {{ cell('minimum', 'rows') }} as minimum,
        {{ cell('maximum', 'rows') }} as maximum,
        {{ cell('format', 'rows') }} as format,
        {{ cell('is_pii', 'rows') }} = 'true' as is_pii
    from {{ ref('defaulted_tracking_plan') }} as rows
    where rows.file = 'tracking_plan_properties'
),

planned_events as (
    select * from {{ ref('planned_events') }}
),

allowed as (
    select distinct
        plan.type,
        plan.allowed_values,
        {{ parts_of('plan.allowed_values') }} as allowed_value
    from plan
),

allowed_lists as (
    select
        allowed.type,
        allowed.allowed_values,
        string_agg(
            {{ comparable_value('allowed.allowed_value', 'allowed.type') }}, '|'
            order by allowed.allowed_value
        ) as comparable_values
    from allowed
    group by allowed.type, allowed.allowed_values
)

-- A row of the event's own comes before one for every event.
select
    planned_events.event_name,
    plan.property_name,
    {{ json_path_to('plan.property_name') }} as path,
    plan.type,
    plan.is_required,
    plan.allowed_values,
    allowed_lists.comparable_values,
    plan.pattern,
    plan.minimum,
    plan.maximum,
    plan.format,
    plan.is_pii,
    coalesce(
        plan.allowed_values, plan.pattern, plan.minimum, plan.maximum, plan.format
    ) is not null as has_value_rule
from planned_events
inner join plan
    on plan.event_name in (planned_events.event_name, '*')
left join allowed_lists
    on
        plan.type = allowed_lists.type
        and plan.allowed_values = allowed_lists.allowed_values
qualify row_number() over (
    partition by planned_events.event_name, plan.property_name
    order by case when plan.event_name = '*' then 2 else 1 end
) = 1
