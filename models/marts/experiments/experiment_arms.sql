with experiment_statistics as (
    select * from {{ ref('experiment_statistics') }}
),

experiment_metrics as (
    select * from {{ ref('experiment_metric_definitions') }}
),

means as (
    select
        experiment_statistics.*,
        experiment_metrics.metric_type,
        case
            when experiment_metrics.metric_type = 'ratio'
                then experiment_statistics.denominator_total
            else experiment_statistics.units
        end as divisor
    from experiment_statistics
    inner join experiment_metrics
        on
            experiment_statistics.experiment = experiment_metrics.experiment
            and experiment_statistics.metric = experiment_metrics.metric
),

divided as (
    select
        means.*,
        means.total / nullif(means.divisor, 0) as mean,
        {{ sample_covariance('means.total_of_squares', 'means.total', 'means.total') }}
            as numerator_variance,
        {{ sample_covariance(
            'means.product_total', 'means.total', 'means.denominator_total'
        ) }} as covariance,
        {{ sample_covariance(
            'means.denominator_total_of_squares', 'means.denominator_total',
            'means.denominator_total'
        ) }} as denominator_variance
    from means
),

-- The variance of the number itself, or of what it has above or below the ratio.
spread as (
    select
        divided.*,
        case
            when divided.metric_type = 'ratio'
                then
                    divided.numerator_variance
                    - 2 * divided.mean * divided.covariance
                    + divided.mean * divided.mean * divided.denominator_variance
            else divided.numerator_variance
        end as variance
    from divided
)

-- Of one unit: of a share p(1 - p), of a ratio by the delta method. What is left of
-- equal values after rounding is no variance.
select
    spread.experiment,
    spread.metric,
    spread.variant,
    spread.metric_type,
    spread.units,
    spread.mean,
    case
        when spread.units < 2 then null
        when spread.metric_type = 'binary' then spread.mean * (1 - spread.mean)
        when spread.variance * spread.units < 1e-12 * spread.total_of_squares then 0
        when spread.metric_type = 'ratio'
            then
                spread.variance
                / nullif(power(spread.denominator_total / spread.units, 2), 0)
        else spread.variance
    end as unit_variance
from spread
