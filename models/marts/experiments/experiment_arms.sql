with statistics as (
    select
        'all' as slice_type,
        cast(null as string) as slice_name,
        cast(null as string) as slice,
        experiment_statistics.*
    from {{ ref('experiment_statistics') }} as experiment_statistics

    union all

    select
        'segment' as slice_type,
        segments.segment_property as slice_name,
        segments.segment as slice,
        {{ all_but('segments', ['segment_property', 'segment']) }}
    from {{ ref('experiment_segment_statistics') }} as segments

    union all

    select
        'day' as slice_type,
        null as slice_name,
        cast(days.result_date as string) as slice,
        {{ all_but('days', ['result_date']) }},
        null as quantile_value,
        null as quantile_low,
        null as quantile_high
    from {{ ref('experiment_daily_statistics') }} as days
),

experiment_metrics as (
    select * from {{ ref('experiment_metric_definitions') }}
),

described as (
    select
        statistics.*,
        experiment_metrics.statistic,
        case
            when experiment_metrics.statistic = 'ratio'
                then statistics.denominator_total
            else statistics.units
        end as divisor
    from statistics
    inner join experiment_metrics
        on
            statistics.experiment = experiment_metrics.experiment
            and statistics.metric = experiment_metrics.metric
    -- A quantile needs its values, which a day does not keep.
    where experiment_metrics.statistic <> 'quantile' or statistics.slice_type <> 'day'
),

divided as (
    select
        described.*,
        case
            when described.statistic = 'quantile' then described.quantile_value
            else described.total / nullif(described.divisor, 0)
        end as mean,
        described.covariate_total / nullif(described.units, 0) as covariate_mean,
        {{ sample_covariance('total_of_squares', 'total', 'total') }}
            as numerator_variance,
        {{ sample_covariance('product_total', 'total', 'denominator_total') }}
            as covariance,
        {{ sample_covariance(
            'denominator_total_of_squares', 'denominator_total', 'denominator_total'
        ) }} as denominator_variance,
        case
            when described.statistic = 'share'
                then {{ covariance_of_shares(
                    'covariate_total', 'covariate_total', 'covariate_total', 'units'
                ) }}
            else {{ sample_covariance(
                'covariate_total_of_squares', 'covariate_total', 'covariate_total'
            ) }}
        end as covariate_variance,
        case
            when described.statistic = 'share'
                then {{ covariance_of_shares(
                    'covariate_product_total', 'total', 'covariate_total', 'units'
                ) }}
            else {{ sample_covariance(
                'covariate_product_total', 'total', 'covariate_total'
            ) }}
        end as covariate_covariance
    from described
),

-- The variance of the number itself, or of what it has above or below the ratio.
spread as (
    select
        divided.*,
        case
            when divided.statistic = 'ratio'
                then
                    divided.numerator_variance
                    - 2 * divided.mean * divided.covariance
                    + divided.mean * divided.mean * divided.denominator_variance
            else divided.numerator_variance
        end as variance
    from divided
)

-- Of one unit: of a share p(1 - p), of a ratio by the delta method, of a quantile by
-- how far those a standard error of its share below and above lie apart. What is left
-- of equal values after rounding is no variance.
select
    spread.*,
    case
        when spread.units < 2 then null
        when spread.statistic = 'share' then spread.mean * (1 - spread.mean)
        when spread.statistic = 'quantile'
            then
                (spread.units - 1) * power(
                    (spread.quantile_high - spread.quantile_low) / 3.919927969080108, 2
                )
        when spread.variance * spread.units < 1e-12 * spread.total_of_squares then 0
        when spread.statistic = 'ratio'
            then
                spread.variance
                / nullif(power(spread.denominator_total / spread.units, 2), 0)
        else spread.variance
    end as unit_variance
from spread
