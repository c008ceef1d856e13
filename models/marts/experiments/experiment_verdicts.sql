with experiment_tests as (
    select * from {{ ref('experiment_tests') }}
),

-- The verdict is on the adjusted effect where there is one.
chosen as (
    select
        experiment_tests.*,
        row_number() over (
            partition by
                experiment_tests.slice_type, experiment_tests.slice_name,
                experiment_tests.slice, experiment_tests.experiment,
                experiment_tests.metric, experiment_tests.variant
            order by experiment_tests.is_adjusted desc
        ) = 1 as is_chosen
    from experiment_tests
),

ranked as (
    select
        chosen.*,
        count(chosen.relative_p_value) over (
            partition by {{ verdict_family('chosen') }}
        ) as test_count,
        row_number() over (
            partition by {{ verdict_family('chosen') }}
            order by
                chosen.relative_p_value asc nulls last,
                chosen.metric asc, chosen.variant asc,
                chosen.slice asc nulls last
        ) as p_value_rank
    from chosen
    where chosen.is_chosen
),

-- Primary and secondary metrics are corrected apart, each day too; all segments of a
-- property together, for who looks at many will find something in one. No factor is
-- below 1, so that a corrected p-value is not below the plain one in its last digit.
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
                )) over (
                    partition by {{ verdict_family('ranked') }}
                    order by ranked.p_value_rank asc
                )
            else {{ corrected_p_value(
                'ranked.relative_p_value', 'ranked.p_value_rank', 'ranked.test_count',
                verdict_family('ranked')
            ) }}
        end as adjusted_p_value
    from ranked
)

select
    corrected.*,
    plain.absolute_effect as unadjusted_absolute_effect,
    plain.absolute_standard_error as unadjusted_absolute_standard_error,
    plain.absolute_p_value as unadjusted_absolute_p_value,
    plain.relative_effect as unadjusted_relative_effect,
    plain.relative_standard_error as unadjusted_relative_standard_error,
    plain.relative_p_value as unadjusted_relative_p_value,
    plain.critical_value as unadjusted_critical_value
from corrected
left join experiment_tests as plain
    on
        corrected.is_adjusted
        and not plain.is_adjusted
        and corrected.slice_type = plain.slice_type
        and corrected.slice_name is not distinct from plain.slice_name
        and corrected.slice is not distinct from plain.slice
        and corrected.experiment = plain.experiment
        and corrected.metric = plain.metric
        and corrected.variant = plain.variant
