{{ config(group='experiments') }}

-- A p-value below one less the confidence and an interval without 0 say the same.
with judged as (
    select
        experiment_results.*,
        1 - experiment_definitions.confidence as threshold
    from {{ ref('experiment_results') }} as experiment_results
    inner join {{ ref('experiment_definitions') }} as experiment_definitions
        on experiment_results.experiment = experiment_definitions.experiment
)

select *
from judged
where
    (
        abs(judged.absolute_p_value - judged.threshold) > 1e-9
        and (judged.absolute_p_value < judged.threshold)
        = (0 between judged.absolute_interval_low and judged.absolute_interval_high)
    )
    or (
        abs(judged.relative_p_value - judged.threshold) > 1e-9
        and (judged.relative_p_value < judged.threshold)
        = (0 between judged.relative_interval_low and judged.relative_interval_high)
    )
    or (
        abs(judged.sequential_p_value - judged.threshold) > 1e-9
        and (judged.sequential_p_value < judged.threshold)
        = (0 between judged.sequential_interval_low and judged.sequential_interval_high)
    )
