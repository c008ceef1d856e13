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
)

-- The variance of one unit: of a share p(1 - p), of a ratio by the delta method.
select
    divided.experiment,
    divided.metric,
    divided.variant,
    divided.metric_type,
    divided.units,
    divided.mean,
    case
        when divided.units < 2 then null
        when divided.metric_type = 'binary' then divided.mean * (1 - divided.mean)
        when divided.metric_type = 'ratio' then greatest((
            divided.numerator_variance
            - 2 * divided.mean * divided.covariance
            + divided.mean * divided.mean * divided.denominator_variance
        ) / nullif(power(divided.denominator_total / divided.units, 2), 0), 0)
        else greatest(divided.numerator_variance, 0)
    end as unit_variance
from divided
