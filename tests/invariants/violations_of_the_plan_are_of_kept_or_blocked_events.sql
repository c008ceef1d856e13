-- A violation that blocks nothing is of an event that was kept, and of one only.
select
    violations.collector,
    violations.event_id,
    violations.violation
from {{ ref('tracking_plan_violations') }} as violations
left join {{ ref('staged_events') }} as staged_events
    on
        violations.collector = staged_events.collector
        and violations.event_id = staged_events.event_id
where
    not violations.is_blocked
    and staged_events.event_name is distinct from violations.event_name
