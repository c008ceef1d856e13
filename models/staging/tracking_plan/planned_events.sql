with plan as (
    select * from {{ ref('defaulted_tracking_plan') }}
),

tracking_plan_errors as (
    select * from {{ ref('tracking_plan_errors') }}
)

-- Whoever reads the plan waits for its check, which stops the build.
select
    {{ snake_case(cell('event', 'plan')) }} as event_name,
    {{ cell('event', 'plan') }} as event,
    {{ cell('category', 'plan') }} as category,
    {{ cell('owner', 'plan') }} as owner,
    {{ cell('status', 'plan') }} as status
from plan
where
    plan.file = 'tracking_plan_events'
    and not exists (select 1 from tracking_plan_errors)
