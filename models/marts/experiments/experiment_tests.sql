with experiment_comparisons as (
    select * from {{ ref('experiment_comparisons') }}
),

critical_values as (
    select * from {{ ref('experiment_critical_values') }}
),

standardised as (
    select
        experiment_comparisons.*,
        critical_values.critical_value,
        abs(experiment_comparisons.absolute_effect)
        / experiment_comparisons.absolute_standard_error as absolute_statistic,
        abs(experiment_comparisons.relative_effect)
        / experiment_comparisons.relative_standard_error as relative_statistic,
        case experiment_comparisons.direction when 'decrease' then -1 else 1 end
        * experiment_comparisons.relative_effect
        / experiment_comparisons.relative_standard_error as gain,
        experiment_comparisons.non_inferiority_margin
        / experiment_comparisons.relative_standard_error as margin,
        power(experiment_comparisons.relative_standard_error, 2) as relative_variance,
        power(experiment_comparisons.mixing_deviation, 2) as mixing_variance,
        (
            -2 * ln(1 - experiment_comparisons.confidence)
            + ln(1 - 2 * ln(1 - experiment_comparisons.confidence))
        ) / experiment_comparisons.sequential_tuning
        * experiment_comparisons.all_units as mixture,
        case
            when
                experiment_comparisons.statistic = 'share'
                and coalesce(experiment_comparisons.reason, 'zero_mean')
                in ('zero_mean', 'zero_control_mean')
                then {{ pooled_statistic('experiment_comparisons', 0) }}
        end as pooled_statistic,
        case
            when
                experiment_comparisons.statistic = 'share'
                and coalesce(experiment_comparisons.reason, 'zero_mean')
                in ('zero_mean', 'zero_control_mean')
                then {{ pooled_statistic('experiment_comparisons', 0.5) }}
        end as corrected_statistic
    from experiment_comparisons
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
        {{ student_t_tail(
            'abs(standardised.gain + standardised.margin)',
            'standardised.degrees_of_freedom'
        ) }} as margin_tail,
        {{ normal_tail('standardised.relative_statistic') }} as unbounded_normal_tail,
        {{ normal_tail('standardised.pooled_statistic') }} as pooled_tail,
        {{ normal_tail('standardised.corrected_statistic') }} as corrected_tail
    from standardised
)

-- Half of a symmetric distribution lies beyond its middle; the last digit of a sum may
-- say more. The sequential half-width and p-value are those of an asymptotic confidence
-- sequence (Waudby-Smith et al., arXiv 2103.06476), the mixture's those of the mixture
-- sequential probability ratio test (Johari et al., arXiv 1512.04922).
select
    {{ all_but('tails', [
        'absolute_tail', 'relative_tail', 'margin_tail', 'unbounded_normal_tail',
        'pooled_tail', 'corrected_tail'
    ]) }},
    {{ at_most(1, '2 * tails.pooled_tail') }} as pooled_p_value,
    {{ at_most(1, '2 * tails.corrected_tail') }} as corrected_p_value,
    {{ at_most(1, '2 * tails.absolute_tail') }} as absolute_p_value,
    {{ at_most(1, '2 * tails.relative_tail') }} as relative_p_value,
    {{ at_most(0.5, 'tails.unbounded_normal_tail') }} as normal_tail,
    case
        when tails.gain + tails.margin < 0
            then 1 - {{ at_most(0.5, 'tails.margin_tail') }}
        else {{ at_most(0.5, 'tails.margin_tail') }}
    end as non_inferiority_p_value,
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
    end as sequential_p_value,
    sqrt(
        tails.relative_variance * (tails.relative_variance + tails.mixing_variance)
        / tails.mixing_variance * (
            -2 * ln(1 - tails.confidence) + {{ log_of_one_plus(
                'tails.mixing_variance / tails.relative_variance'
            ) }}
        )
    ) as msprt_reach,
    case
        when tails.relative_statistic is not null
            then least(
                1,
                sqrt(1 + tails.mixing_variance / tails.relative_variance) * exp(
                    -power(tails.relative_statistic, 2) / 2 * tails.mixing_variance
                    / (tails.relative_variance + tails.mixing_variance)
                )
            )
    end as msprt_p_value
from tails
