with retention_definitions as (
    select * from {{ ref('retention_definitions') }}
),

retention_members as (
    select * from {{ ref('retention_members') }}
),

matched_events as (
    select * from {{ ref('matched_events') }}
),

return_events as (
    select
        retention_members.retention,
        retention_members.person_id,
        retention_members.cohort_start,
        retention_definitions.return_rule,
        retention_definitions.minimum_returns,
        retention_definitions.period_count,
        case retention_definitions.clock
            when 'calendar' then {{ periods_between(
                'retention_definitions.period',
                'retention_members.cohort_start',
                period_start(
                    local_time('matched_events.occurred_at'),
                    'retention_definitions.period'
                )
            ) }}
            else floor(
                {{ seconds_between(
                    'retention_members.entered_at', 'matched_events.occurred_at'
                ) }} / retention_definitions.period_seconds
            )
        end as period_number
    from retention_members
    inner join retention_definitions
        on retention_members.retention = retention_definitions.retention
    inner join matched_events
        on
            retention_definitions.return_event = matched_events.event
            and retention_members.person_id = matched_events.person_id
            and retention_members.entry_position < matched_events.person_position
),

counted as (
    select
        return_events.retention,
        return_events.person_id,
        return_events.cohort_start,
        return_events.return_rule,
        return_events.minimum_returns,
        return_events.period_count,
        return_events.period_number,
        count(*) as return_count
    from return_events
    group by all
),

accumulated as (
    select
        counted.*,
        case counted.return_rule
            when 'on' then counted.return_count
            when 'on_or_after'
                then sum(counted.return_count) over (
                    partition by
                        counted.retention, counted.person_id, counted.cohort_start
                    order by counted.period_number desc
                )
            when 'on_or_before' then sum(counted.return_count) over (
                partition by counted.retention, counted.person_id, counted.cohort_start
                order by counted.period_number asc
            )
        end as relevant_count
    from counted
)

-- For which period numbers a return counts: its own, those before it, or those after.
select
    accumulated.retention,
    accumulated.person_id,
    accumulated.cohort_start,
    case accumulated.return_rule
        when 'on_or_after' then 1
        else min(accumulated.period_number)
    end as first_period_number,
    case accumulated.return_rule
        when 'on_or_before' then max(accumulated.period_count)
        else max(accumulated.period_number)
    end as last_period_number
from accumulated
where accumulated.relevant_count >= accumulated.minimum_returns
group by
    accumulated.retention, accumulated.person_id, accumulated.cohort_start,
    accumulated.return_rule,
    case when accumulated.return_rule = 'on' then accumulated.period_number end
