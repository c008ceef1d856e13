with recursive experiment_comparisons as (
    select * from {{ ref('experiment_comparisons') }}
),

targets as (
    select distinct
        experiment_comparisons.degrees_of_freedom,
        experiment_comparisons.confidence,
        (1 - experiment_comparisons.confidence) / 2 as tail
    from experiment_comparisons
    where experiment_comparisons.degrees_of_freedom is not null
),

-- Newton's method from 0: the tail is convex, so that no step goes too far.
iterations as (
    select
        targets.degrees_of_freedom,
        targets.confidence,
        targets.tail,
        0 as iteration,
        cast(0 as double) as critical_value,
        cast(1 as double) as step_size
    from targets

    union all

    select
        steps.degrees_of_freedom,
        steps.confidence,
        steps.tail,
        steps.iteration + 1 as iteration,
        steps.critical_value + steps.step_size as critical_value,
        steps.step_size
    from (
        select
            iterations.degrees_of_freedom,
            iterations.confidence,
            iterations.tail,
            iterations.iteration,
            iterations.critical_value,
            (
                {{ student_t_tail(
                    'iterations.critical_value', 'iterations.degrees_of_freedom'
                ) }} - iterations.tail
            ) / {{ student_t_density(
                'iterations.critical_value', 'iterations.degrees_of_freedom'
            ) }} as step_size
        from iterations
        where
            iterations.iteration < 100
            and iterations.step_size > 1e-14 * iterations.critical_value
    ) as steps
)

select
    iterations.degrees_of_freedom,
    iterations.confidence,
    max(iterations.critical_value) as critical_value
from iterations
group by iterations.degrees_of_freedom, iterations.confidence
