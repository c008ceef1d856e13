with experiment_comparisons as (
    select * from {{ ref('experiment_comparisons') }}
),

experiment_metrics as (
    select * from {{ ref('experiment_metric_definitions') }}
),

critical_values as (
    select * from {{ ref('experiment_critical_values') }}
),

standardised as (
    select
        experiment_comparisons.*,
        experiment_metrics.is_primary,
        critical_values.critical_value,
        abs(experiment_comparisons.absolute_effect)
        / experiment_comparisons.absolute_standard_error as absolute_statistic,
        abs(experiment_comparisons.relative_effect)
        / experiment_comparisons.relative_standard_error as relative_statistic,
        case experiment_metrics.direction when 'decrease' then -1 else 1 end
        * experiment_comparisons.relative_effect
        / experiment_comparisons.relative_standard_error as gain,
        (
            -2 * ln(1 - experiment_comparisons.confidence)
            + ln(1 - 2 * ln(1 - experiment_comparisons.confidence))
        ) / experiment_comparisons.sequential_tuning
        * experiment_comparisons.all_units as mixture
    from experiment_comparisons
    inner join experiment_metrics
        on
            experiment_comparisons.experiment = experiment_metrics.experiment
            and experiment_comparisons.metric = experiment_metrics.metric
    left join critical_values
        on
            experiment_comparisons.degrees_of_freedom
            = critical_values.degrees_of_freedom
            and experiment_comparisons.confidence = critical_values.confidence
),

tails as (
    select
        standardised.*,
        {{ student_t_tail(
            'standardised.absolute_statistic', 'standardised.degrees_of_freedom'
        ) }} as absolute_tail,
        {{ student_t_tail(
            'standardised.relative_statistic', 'standardised.degrees_of_freedom'
        ) }} as relative_tail,
        {{ normal_tail('standardised.relative_statistic') }} as unbounded_normal_tail
    from standardised
)

-- Half of a symmetric distribution lies beyond its middle; the last digit of a sum may
-- say more. The sequential half-width and p-value are those of an asymptotic confidence
-- sequence (Waudby-Smith et al., arXiv 2103.06476).
select
    tails.* exclude (absolute_tail, relative_tail, unbounded_normal_tail),
    case when tails.absolute_tail > 0.5 then 1 else 2 * tails.absolute_tail end
        as absolute_p_value,
    case when tails.relative_tail > 0.5 then 1 else 2 * tails.relative_tail end
        as relative_p_value,
    case
        when tails.unbounded_normal_tail > 0.5 then 0.5
        else tails.unbounded_normal_tail
    end as normal_tail,
    tails.relative_standard_error * sqrt(
        2 * (tails.mixture + 1) / tails.mixture
        * ln(sqrt(tails.mixture + 1) / (1 - tails.confidence))
    ) as sequential_reach,
    case
        when tails.relative_statistic is not null
            then least(1, sqrt(tails.mixture + 1) * exp(
                -tails.mixture * power(tails.relative_statistic, 2)
                / (2 * (tails.mixture + 1))
            ))
    end as sequential_p_value
from tails
