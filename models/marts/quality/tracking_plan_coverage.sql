with staged_events as (
    select * from {{ ref('staged_events') }}
),

parsed_events as (
    select * from {{ ref('parsed_events') }}
),

blocked_events as (
    select * from {{ ref('blocked_events') }}
),

planned_events as (
    select * from {{ ref('planned_events') }}
),

violating as (
    select distinct event_key from {{ ref('tracking_plan_verdicts') }}
),

unconventional_names as (
    select distinct event_names.event_name
    from {{ ref('event_names') }} as event_names
    inner join {{ ref('name_faults') }} as name_faults
        on event_names.source_event_name = name_faults.source_event_name
    where event_names.event_type = 'track' and name_faults.rule = 'naming'
),

seen as (
    select
        staged_events.event_key,
        staged_events.event_name,
        {{ breakdown_label('staged_events.app_version') }} as app_version,
        staged_events.occurred_at,
        false as is_blocked
    from staged_events
    where staged_events.event_type in ('track', 'page', 'screen')

    union all

    select
        blocked_events.event_key,
        blocked_events.event_name,
        {{ breakdown_label('parsed_events.app_version') }} as app_version,
        blocked_events.occurred_at,
        true as is_blocked
    from blocked_events
    inner join parsed_events
        on blocked_events.event_key = parsed_events.event_key
),

counted as (
    select
        seen.event_name,
        seen.app_version,
        count(*) as event_count,
        count(*) filter (where seen.is_blocked) as blocked_count,
        count(violating.event_key) as violation_count,
        min(seen.occurred_at) as first_seen_at,
        max(seen.occurred_at) as last_seen_at
    from seen
    left join violating
        on seen.event_key = violating.event_key
    group by seen.event_name, seen.app_version
),

-- The row for all versions is there for planned events that were never seen too.
with_totals as (
    select
        counted.*,
        false as is_total
    from counted

    union all

    select
        coalesce(counted.event_name, planned_events.event_name) as event_name,
        '(all)' as app_version,
        coalesce(cast(sum(counted.event_count) as bigint), 0) as event_count,
        coalesce(cast(sum(counted.blocked_count) as bigint), 0) as blocked_count,
        coalesce(cast(sum(counted.violation_count) as bigint), 0) as violation_count,
        min(counted.first_seen_at) as first_seen_at,
        max(counted.last_seen_at) as last_seen_at,
        true as is_total
    from counted
    full outer join planned_events
        on counted.event_name = planned_events.event_name
    group by coalesce(counted.event_name, planned_events.event_name)
)

select
    with_totals.event_name,
    with_totals.app_version,
    with_totals.is_total,
    planned_events.event_name is not null as is_planned,
    planned_events.status,
    planned_events.owner,
    unconventional_names.event_name is null as is_named_by_convention,
    with_totals.event_count,
    with_totals.blocked_count,
    with_totals.violation_count,
    with_totals.violation_count
    / nullif(cast(with_totals.event_count as double), 0) as violation_share,
    with_totals.first_seen_at,
    with_totals.last_seen_at
from with_totals
left join planned_events
    on with_totals.event_name = planned_events.event_name
left join unconventional_names
    on with_totals.event_name = unconventional_names.event_name
