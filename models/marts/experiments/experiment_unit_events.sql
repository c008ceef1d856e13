with experiment_units as (
    select * from {{ ref('experiment_units') }}
),

matched_events as (
    select * from {{ ref('matched_events') }}
),

event_property_values as (
    select * from {{ ref('event_property_values') }}
),

funnel_attempts as (
    select * from {{ ref('funnel_attempts') }}
),

last_steps as (
    select
        funnel,
        max(step) as step
    from {{ ref('funnel_step_definitions') }}
    where role <> 'exclusion'
    group by funnel
),

-- What a unit did, after its exposure or in the days before it.
measured as (
    select
        experiment_units.*,
        matched_events.event_key,
        matched_events.occurred_at,
        case
            when matched_events.occurred_at >= experiment_units.opens_at
                then 'numerator'
            else 'covariate'
        end as part,
        experiment_units.value_property as property_name
    from experiment_units
    inner join matched_events
        on
            experiment_units.event = matched_events.event
            and experiment_units.person_id = matched_events.person_id
            and experiment_units.closes_at >= matched_events.occurred_at
            and (
                experiment_units.opens_at <= matched_events.occurred_at
                or (
                    experiment_units.covariate_from <= matched_events.occurred_at
                    and experiment_units.covariate_until > matched_events.occurred_at
                )
            )

    union all

    select
        experiment_units.*,
        matched_events.event_key,
        matched_events.occurred_at,
        'denominator' as part,
        experiment_units.denominator_property as property_name
    from experiment_units
    inner join matched_events
        on
            experiment_units.denominator_event = matched_events.event
            and experiment_units.person_id = matched_events.person_id
            and experiment_units.exposed_at <= matched_events.occurred_at
            and experiment_units.closes_at >= matched_events.occurred_at
)

select
    measured.experiment,
    measured.metric,
    measured.person_id,
    measured.part,
    measured.occurred_at,
    case
        when measured.metric_type = 'time_to_event'
            then {{ seconds_between('measured.exposed_at', 'measured.occurred_at') }}
        when
            measured.property_name is null
            or measured.metric_type in ('binary', 'count', 'retention')
            then 1
        else {{ finite_number('event_property_values.property_value') }}
    end as value
from measured
left join event_property_values
    on
        measured.event_key = event_property_values.event_key
        and measured.property_name = event_property_values.property_name

union all

-- A funnel counts whose attempt began and ended in the window.
select
    experiment_units.experiment,
    experiment_units.metric,
    experiment_units.person_id,
    'numerator' as part,
    funnel_attempts.reached_at as occurred_at,
    1 as value
from experiment_units
inner join last_steps
    on experiment_units.funnel = last_steps.funnel
inner join funnel_attempts
    on
        last_steps.funnel = funnel_attempts.funnel
        and last_steps.step = funnel_attempts.step
        and experiment_units.person_id = funnel_attempts.person_id
        and experiment_units.exposed_at <= funnel_attempts.entered_at
        and experiment_units.closes_at >= funnel_attempts.reached_at
