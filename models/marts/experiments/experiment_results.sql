with experiment_tests as (
    select * from {{ ref('experiment_tests') }}
),

ranked as (
    select
        experiment_tests.*,
        count(experiment_tests.relative_p_value) over family as test_count,
        row_number() over (
            family order by
                experiment_tests.relative_p_value asc nulls last,
                experiment_tests.metric asc, experiment_tests.variant asc
        ) as p_value_rank
    from experiment_tests
    window family as (
        partition by experiment_tests.experiment, experiment_tests.is_primary
    )
),

-- Primary and secondary metrics are corrected apart.
corrected as (
    select
        ranked.*,
        case
            when ranked.relative_p_value is null then null
            when ranked.correction = 'none' then ranked.relative_p_value
            when ranked.correction = 'bonferroni'
                then least(1, ranked.relative_p_value * ranked.test_count)
            when ranked.correction = 'holm'
                then max(least(
                    1,
                    ranked.relative_p_value
                    * (ranked.test_count - ranked.p_value_rank + 1)
                ))
                    over (
                        partition by ranked.experiment, ranked.is_primary
                        order by ranked.p_value_rank asc
                    )
            else min(
                least(
                    1,
                    ranked.relative_p_value * ranked.test_count / ranked.p_value_rank
                )
            ) over (
                partition by ranked.experiment, ranked.is_primary
                order by ranked.p_value_rank desc
            )
        end as adjusted_p_value
    from ranked
)

select
    corrected.experiment,
    corrected.metric,
    corrected.variant,
    corrected.is_primary,
    corrected.units,
    corrected.mean,
    corrected.control_mean,
    corrected.absolute_effect,
    corrected.absolute_standard_error,
    corrected.absolute_effect
    - corrected.critical_value * corrected.absolute_standard_error
        as absolute_interval_low,
    corrected.absolute_effect
    + corrected.critical_value * corrected.absolute_standard_error
        as absolute_interval_high,
    corrected.absolute_p_value,
    corrected.relative_effect,
    corrected.relative_standard_error,
    corrected.relative_effect
    - corrected.critical_value * corrected.relative_standard_error
        as relative_interval_low,
    corrected.relative_effect
    + corrected.critical_value * corrected.relative_standard_error
        as relative_interval_high,
    corrected.relative_p_value,
    corrected.relative_effect - corrected.sequential_reach as sequential_interval_low,
    corrected.relative_effect + corrected.sequential_reach as sequential_interval_high,
    corrected.sequential_p_value,
    case
        when corrected.gain < 0 then corrected.normal_tail
        else 1 - corrected.normal_tail
    end as chance_to_win,
    corrected.relative_standard_error * (
        0.3989422804014327 * exp(-power(corrected.gain, 2) / 2)
        - corrected.gain * case
            when corrected.gain < 0 then 1 - corrected.normal_tail
            else corrected.normal_tail
        end
    ) as expected_loss,
    cast(null as double) as cuped_theta,
    corrected.adjusted_p_value,
    corrected.adjusted_p_value < 1 - corrected.confidence as is_significant,
    corrected.reason
from corrected
