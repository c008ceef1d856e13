with experiment_units as (
    select * from {{ ref('experiment_units') }}
),

experiment_unit_events as (
    select
        *,
        {{ local_day('occurred_at') }} as event_date
    from {{ ref('experiment_unit_events') }}
),

done_each_day as (
    select
        experiment_unit_events.experiment,
        experiment_unit_events.metric,
        experiment_unit_events.person_id,
        experiment_unit_events.part,
        experiment_unit_events.event_date,
        count(*) as event_count,
        {{ ordered_sum('experiment_unit_events.value') }} as value_total,
        min(experiment_unit_events.value) as least_value
    from experiment_unit_events
    group by all
),

done as (
    select
        *,
        case when part = 'numerator' then value_total end as numerator,
        case when part = 'denominator' then value_total end as denominator,
        case when part = 'covariate' then value_total end as covariate
    from done_each_day
),

days as (
    select
        done.experiment,
        done.metric,
        done.person_id,
        done.event_date as value_date
    from done
    where done.part <> 'covariate'

    union

    select
        experiment_units.experiment,
        experiment_units.metric,
        experiment_units.person_id,
        {{ local_day('experiment_units.exposed_at') }} as value_date
    from experiment_units
),

-- What a unit had done by the end of each day on which that changed.
until as (
    select
        days.experiment,
        days.metric,
        days.person_id,
        days.value_date,
        coalesce(sum(done.event_count) filter (where done.part = 'numerator'), 0)
            as event_count,
        {{ ordered_sum('done.numerator') }} as value_total,
        min(done.least_value) filter (where done.part = 'numerator') as least_value,
        {{ ordered_sum('done.denominator') }} as denominator_total,
        coalesce(sum(done.event_count) filter (where done.part = 'covariate'), 0)
            as covariate_count,
        {{ ordered_sum('done.covariate') }} as covariate_total
    from days
    left join done
        on
            days.experiment = done.experiment
            and days.metric = done.metric
            and days.person_id = done.person_id
            and days.value_date >= done.event_date
    group by all
)

-- Who did nothing has 0; the time to an event is only of those who did it.
select
    until.experiment,
    until.metric,
    experiment_units.variant,
    until.person_id,
    until.value_date,
    cast(case
        when experiment_units.metric_type in ('binary', 'retention', 'funnel')
            then least(until.event_count, 1)
        when experiment_units.metric_type = 'count' then until.event_count
        when experiment_units.metric_type = 'time_to_event'
            then coalesce(until.least_value, 0)
        else coalesce(until.value_total, 0)
    end as double) as metric_value,
    cast(case experiment_units.metric_type
        when 'ratio' then coalesce(until.denominator_total, 0)
        when 'time_to_event' then least(until.event_count, 1)
    end as double) as denominator_value,
    cast(case
        when experiment_units.covariate_from is null then null
        when experiment_units.metric_type = 'binary'
            then least(until.covariate_count, 1)
        when experiment_units.metric_type = 'count' then until.covariate_count
        else coalesce(until.covariate_total, 0)
    end as double) as covariate_value
from until
inner join experiment_units
    on
        until.experiment = experiment_units.experiment
        and until.metric = experiment_units.metric
        and until.person_id = experiment_units.person_id
