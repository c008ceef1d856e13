{{ config(group='funnels') }}

-- Step 1 is reached by everyone who did its event in the funnel's period. Left out are
-- funnels in which an exclusion takes whole attempts away, whose first step must be the
-- person's first such event of all time or may be another, or which do not count people
-- or sessions, each once.
with done as (
    select
        funnel_definitions.funnel,
        count(distinct case funnel_definitions.unit
            when 'session' then matched_events.session_id
            else matched_events.person_id
        end) as people_count
    from {{ ref('funnel_definitions') }} as funnel_definitions
    inner join {{ ref('funnel_step_definitions') }} as funnel_steps
        on funnel_definitions.funnel = funnel_steps.funnel
    left join {{ ref('matched_events') }} as matched_events
        on
            funnel_steps.event = matched_events.event
            and matched_events.occurred_at
            >= coalesce(funnel_definitions.entered_from, timestamp '0001-01-01')
            and matched_events.occurred_at
            < coalesce(funnel_definitions.entered_until, timestamp '9999-01-01')
    where
        funnel_steps.step = 1
        and funnel_definitions.unit in ('person', 'session')
        and funnel_definitions.entry_rule = 'any'
        and funnel_definitions.order_rule <> 'unordered'
        and funnel_definitions.reentry_rule <> 'every_attempt'
        and funnel_definitions.held_property is null
        and funnel_definitions.cohort is null
        and (
            funnel_definitions.exclusion_rule = 'drop_off'
            or not exists (
                select 1
                from {{ ref('funnel_step_definitions') }} as exclusions
                where
                    exclusions.funnel = funnel_definitions.funnel
                    and exclusions.role = 'exclusion'
            )
        )
    group by funnel_definitions.funnel
)

select
    done.funnel,
    done.people_count as people_with_event,
    funnel_conversion.people_count
from done
left join {{ ref('funnel_conversion') }} as funnel_conversion
    on
        done.funnel = funnel_conversion.funnel
        and funnel_conversion.step = 1
        and funnel_conversion.is_total
where done.people_count is distinct from funnel_conversion.people_count
