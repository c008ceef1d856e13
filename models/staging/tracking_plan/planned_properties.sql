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
        {{ joined_texts(
            comparable_value('allowed.allowed_value', 'allowed.type'),
            "'|'",
            'allowed.allowed_value'
        ) }} as comparable_values
    from allowed
    group by allowed.type, allowed.allowed_values
),

-- A row of the event's own comes before one for every event.
expanded as (
    select
        plan.*,
        planned_events.event_name as planned_event_name
    from planned_events
    inner join plan
        on plan.event_name in (planned_events.event_name, '*')
    qualify row_number() over (
        partition by planned_events.event_name, plan.property_name
        order by case when plan.event_name = '*' then 2 else 1 end asc nulls last
    ) = 1
)

select
    row_number() over (
        order by expanded.planned_event_name asc, expanded.property_name asc
    ) as property_number,
    expanded.planned_event_name as event_name,
    expanded.property_name,
    {{ json_path_to('expanded.property_name') }} as path,
    expanded.type,
    expanded.is_required,
    expanded.allowed_values,
    allowed_lists.comparable_values,
    expanded.pattern,
    expanded.minimum,
    expanded.maximum,
    expanded.format,
    expanded.is_pii,
    expanded.type = 'integer'
    or coalesce(
        expanded.allowed_values, expanded.pattern, expanded.minimum, expanded.maximum,
        expanded.format
    ) is not null as has_value_rule
from expanded
left join allowed_lists
    on
        expanded.type = allowed_lists.type
        and expanded.allowed_values = allowed_lists.allowed_values
