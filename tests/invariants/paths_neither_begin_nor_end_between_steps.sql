{{ config(group='paths') }}

-- As many paths leave a step as lead to it: they begin at step 1 and end in a drop-off
-- or at the last step. No more edges are shown than the report's limit.
with ends as (
    select
        path_report,
        source_step as step,
        path_count as leaving,
        0 as arriving,
        0 as shown
    from {{ ref('path_edges') }}

    union all

    select
        path_report,
        target_step as step,
        0 as leaving,
        case when target_item = '(drop-off)' then 0 else path_count end as arriving,
        case when target_item in ('(drop-off)', '(other)') then 0 else 1 end as shown
    from {{ ref('path_edges') }}
),

steps as (
    select
        ends.path_report,
        ends.step,
        sum(ends.leaving) as leaving,
        sum(ends.arriving) as arriving,
        sum(sum(ends.shown)) over (partition by ends.path_report) as shown
    from ends
    group by ends.path_report, ends.step
)

select
    steps.*,
    path_definitions.step_limit,
    path_definitions.edge_limit
from steps
inner join {{ ref('path_definitions') }} as path_definitions
    on steps.path_report = path_definitions.path_report
where
    (
        steps.step between 2 and path_definitions.step_limit - 1
        and steps.arriving <> steps.leaving
    )
    or (steps.step = 1 and steps.arriving > 0)
    or (steps.step >= path_definitions.step_limit and steps.leaving > 0)
    or (steps.step > path_definitions.step_limit and steps.arriving > 0)
    or steps.shown > path_definitions.edge_limit
