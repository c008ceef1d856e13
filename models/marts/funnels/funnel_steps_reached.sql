with funnel_attempts as (
    select * from {{ ref('funnel_attempts') }}
),

funnel_definitions as (
    select * from {{ ref('funnel_definitions') }}
),

event_property_values as (
    select * from {{ ref('event_property_values') }}
),

depths as (
    select
        funnel_attempts.funnel,
        funnel_attempts.unit_id,
        funnel_attempts.entry_key,
        funnel_attempts.entry_event_key,
        max(funnel_attempts.step) as depth,
        min(funnel_attempts.entry_position) as entry_position
    from funnel_attempts
    group by
        funnel_attempts.funnel, funnel_attempts.unit_id, funnel_attempts.entry_key,
        funnel_attempts.entry_event_key
),

chosen as (
    select depths.*
    from depths
    qualify row_number() over (
        partition by depths.funnel, depths.unit_id
        order by depths.depth desc, depths.entry_position asc, depths.entry_key asc
    ) = 1
),

broken_down as (
    select
        chosen.funnel,
        chosen.unit_id,
        chosen.entry_key,
        '(all)' as breakdown_value,
        true as is_total
    from chosen

    union all

    select
        chosen.funnel,
        chosen.unit_id,
        chosen.entry_key,
        {{ breakdown_label('event_property_values.property_value') }}
            as breakdown_value,
        false as is_total
    from chosen
    inner join funnel_definitions
        on chosen.funnel = funnel_definitions.funnel
    left join event_property_values
        on
            chosen.entry_event_key = event_property_values.event_key
            and funnel_definitions.breakdown_property
            = event_property_values.property_name
    where funnel_definitions.breakdown_property is not null
)

select
    broken_down.funnel,
    broken_down.breakdown_value,
    broken_down.is_total,
    broken_down.unit_id,
    funnel_attempts.person_id,
    1 as attempt,
    funnel_attempts.step,
    funnel_attempts.reached_at,
    funnel_attempts.entered_at
from broken_down
inner join funnel_attempts
    on
        broken_down.funnel = funnel_attempts.funnel
        and broken_down.unit_id = funnel_attempts.unit_id
        and broken_down.entry_key = funnel_attempts.entry_key
