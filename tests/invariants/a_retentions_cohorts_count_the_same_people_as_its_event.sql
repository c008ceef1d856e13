{{ config(group='retention') }}

-- Everybody who ever did the cohort event is in one first-time cohort, and in each
-- period's recurring cohort once. Left out are retentions of some people or times only,
-- and those of groups.
with retentions as (
    select *
    from {{ ref('retention_definitions') }}
    where
        unit = 'person'
        and cohort is null
        and cohort_from is null
        and cohort_until is null
        and {{ var('history_warmup_days') }} = 0
),

done as (
    select
        retentions.retention,
        count(distinct matched_events.person_id) as people_count,
        count(distinct concat(
            matched_events.person_id,
            {{ period_start(
                local_time('matched_events.occurred_at'), 'retentions.period'
            ) }}
        )) as person_periods,
        max(retentions.cohort_rule) as cohort_rule
    from retentions
    inner join {{ ref('matched_events') }} as matched_events
        on retentions.cohort_event = matched_events.event
    group by retentions.retention
),

counted as (
    select
        retention,
        sum(cohort_size) as cohort_sizes
    from {{ ref('retention_cohorts') }}
    where is_total and period_number = 0
    group by retention
)

select
    done.*,
    counted.cohort_sizes
from done
left join counted
    on done.retention = counted.retention
where
    counted.cohort_sizes is distinct from case done.cohort_rule
        when 'recurring' then done.person_periods
        else done.people_count
    end
