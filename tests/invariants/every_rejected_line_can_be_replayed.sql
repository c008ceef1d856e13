-- A rejected line says where it stands and what it said, and its reason is one that
-- seeds/reference/rejection_reasons.csv explains. Lines that were fit to be kept are
-- not numbered: an event that the plan blocks says only what it said, and so may one of
-- a collector with a shape of its own, whose whole line is kept in any case.
select
    rejected_events.file_name,
    rejected_events.line_number,
    rejected_events.reason,
    rejected_events.detail
from {{ ref('rejected_events') }} as rejected_events
left join {{ ref('rejection_reasons') }} as rejection_reasons
    on rejected_events.reason = rejection_reasons.reason
where
    rejection_reasons.reason is null
    or (
        rejected_events.line_number is null
        and rejected_events.reason <> 'blocked_by_plan'
        and coalesce(
            rejected_events.collector in ('throughline', 'segment', 'rudderstack'), true
        )
    )
    or rejected_events.payload is null
