with plan as (
    select * from {{ ref('defaulted_tracking_plan') }}
),

definition_columns as (
    select * from {{ ref('definition_columns') }}
),

tracking_plan_errors as (
    select * from {{ ref('tracking_plan_errors') }}
),

rules as (
    select {{ parts_of('definition_columns.options') }} as rule
    from definition_columns
    where
        definition_columns.file = 'tracking_plan_policies'
        and definition_columns.column_name = 'rule'
)

select
    rules.rule,
    coalesce({{ cell('policy', 'plan') }}, 'flag') as policy
from rules
left join plan
    on
        plan.file = 'tracking_plan_policies'
        and rules.rule = {{ cell('rule', 'plan') }}
where not exists (select 1 from tracking_plan_errors)
