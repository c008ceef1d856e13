{{ config(meta={'fingerprint': 'content'}) }}

with definitions as (
    select * from {{ ref('definitions') }}
),

metrics as (
    select
        {{ cell('experiment') }} as experiment,
        {{ cell('metric') }} as metric,
        {{ cell('metric_type') }} as metric_type,
        {{ defined_name(cell('event')) }} as event,
        {{ cell('value_property') }} as value_property,
        {{ defined_name(cell('denominator_event')) }} as denominator_event,
        {{ cell('denominator_property') }} as denominator_property,
        {{ cell('funnel') }} as funnel,
        cast({{ cell('quantile') }} as double) as quantile,
        cast({{ cell('retention_day') }} as double) as retention_day,
        least(36525, cast({{ cell('window_days') }} as double)) as window_days,
        cast({{ cell('covariate_days') }} as double) as covariate_days,
        cast({{ cell('winsorize_at') }} as double) as winsorize_at,
        cast({{ cell('non_inferiority_margin') }} as double) as non_inferiority_margin,
        cast({{ cell('minimum_effect') }} as double) as minimum_effect,
        {{ cell('direction') }} as direction,
        {{ cell('is_primary') }} = 'true' as is_primary
    from definitions
    where definitions.file = 'experiment_metrics'
)

-- A statistic is of shares, of means, of ratios or of quantiles. Retention on day n is
-- seen in the 24 hours that begin n days after the exposure.
select
    {{ all_but('metrics', [
        'window_days', 'retention_day', 'covariate_days', 'winsorize_at'
    ]) }},
    case
        when metrics.metric_type in ('binary', 'retention', 'funnel') then 'share'
        when metrics.metric_type in ('ratio', 'time_to_event') then 'ratio'
        when metrics.metric_type = 'quantile' then 'quantile'
        else 'mean'
    end as statistic,
    cast(coalesce(metrics.retention_day, 0) * 86400 as bigint) as opens_after_seconds,
    cast(case
        when metrics.metric_type = 'retention' then metrics.retention_day + 1
        else metrics.window_days
    end * 86400 as bigint) as window_seconds,
    cast(metrics.covariate_days * 86400 as bigint) as covariate_seconds,
    case
        when metrics.winsorize_at > 1 then metrics.winsorize_at / 100
        else metrics.winsorize_at
    end as winsorize_at
from metrics
