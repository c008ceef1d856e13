with group_funnels as (
    select {{ cell('funnel', 'definition_rows') }} as funnel
    from {{ ref('defaulted_definitions') }} as definition_rows
    where
        definition_rows.file = 'funnels'
        and {{ cell('unit', 'definition_rows') }} not in ('person', 'session')
),

metrics as (
    select
        definition_rows.row_number,
        {{ cell('metric_type', 'definition_rows') }} as metric_type,
        {{ cell('event', 'definition_rows') }} as event,
        {{ cell('value_property', 'definition_rows') }} as value_property,
        {{ cell('denominator_event', 'definition_rows') }} as denominator_event,
        {{ cell('retention_day', 'definition_rows') }} as retention_day,
        {{ cell('funnel', 'definition_rows') }} as funnel,
        {{ cell('quantile', 'definition_rows') }} as quantile,
        {{ cell('covariate_days', 'definition_rows') }} as covariate_days,
        {{ cell('winsorize_at', 'definition_rows') }} as winsorize_at
    from {{ ref('defaulted_definitions') }} as definition_rows
    where definition_rows.file = 'experiment_metrics'
),

-- What each type of metric needs, and what it cannot have.
requirements as (
    select
        metrics.row_number,
        'event' as column_name,
        metrics.event as value,
        metrics.metric_type <> 'funnel' and metrics.event is null as is_broken,
        'a metric of this type needs the event to measure' as fault
    from metrics

    union all

    select
        metrics.row_number,
        'value_property' as column_name,
        metrics.value_property as value,
        metrics.metric_type = 'mean' and metrics.value_property is null as is_broken,
        'a metric of type mean needs the property to add up' as fault
    from metrics

    union all

    select
        metrics.row_number,
        'denominator_event' as column_name,
        metrics.denominator_event as value,
        metrics.metric_type = 'ratio' and metrics.denominator_event is null
            as is_broken,
        'a metric of type ratio needs the event to divide by' as fault
    from metrics

    union all

    select
        metrics.row_number,
        'retention_day' as column_name,
        metrics.retention_day as value,
        metrics.metric_type = 'retention' and metrics.retention_day is null
            as is_broken,
        'a metric of type retention needs the day after exposure' as fault
    from metrics

    union all

    select
        metrics.row_number,
        'funnel' as column_name,
        metrics.funnel as value,
        metrics.metric_type = 'funnel' and metrics.funnel is null as is_broken,
        'a metric of type funnel needs the funnel' as fault
    from metrics

    union all

    select
        metrics.row_number,
        'funnel' as column_name,
        metrics.funnel as value,
        metrics.funnel in (select group_funnels.funnel from group_funnels) as is_broken,
        'the funnel of a metric follows people or their sessions, this one groups'
            as fault
    from metrics

    union all

    select
        metrics.row_number,
        'quantile' as column_name,
        metrics.quantile as value,
        metrics.metric_type = 'quantile'
        and coalesce(try_cast(metrics.quantile as double), 1) >= 1 as is_broken,
        'a metric of type quantile needs a share below 1, such as 0.9' as fault
    from metrics

    union all

    select
        metrics.row_number,
        'covariate_days' as column_name,
        metrics.covariate_days as value,
        metrics.covariate_days is not null
        and metrics.metric_type not in ('binary', 'count', 'mean') as is_broken,
        'only metrics of type binary, count or mean can have a covariate' as fault
    from metrics

    union all

    select
        metrics.row_number,
        'winsorize_at' as column_name,
        metrics.winsorize_at as value,
        metrics.winsorize_at is not null
        and metrics.metric_type not in ('count', 'mean', 'ratio') as is_broken,
        'only metrics of type count, mean or ratio can be capped' as fault
    from metrics
)

select
    'experiment_metrics' as file,
    requirements.row_number,
    requirements.column_name,
    requirements.value,
    requirements.fault
from requirements
where requirements.is_broken
