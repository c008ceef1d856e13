{{ config(materialized='view') }}

with required_steps as (
    select * from {{ ref('funnel_required_steps') }}
),

steps as (
    select
        required_steps.funnel,
        required_steps.person_id,
        required_steps.unit_id,
        required_steps.breakdown_value,
        required_steps.history_key,
        required_steps.entry_key,
        required_steps.attempt,
        required_steps.is_counted,
        required_steps.period_start,
        required_steps.entered_at,
        required_steps.step,
        required_steps.reached_at,
        required_steps.previous_reached_at
    from required_steps

    union all

    select * from {{ ref('funnel_optional_steps') }}
)

-- Each attempt counts in the total, or within a value that all its steps carry, and
-- under the value that one of its steps told.
select steps.* from steps

union all

select
    steps.funnel,
    steps.person_id,
    steps.unit_id,
    attempt_labels.breakdown_value,
    steps.history_key,
    steps.entry_key,
    steps.attempt,
    steps.is_counted,
    steps.period_start,
    steps.entered_at,
    steps.step,
    steps.reached_at,
    steps.previous_reached_at
from steps
inner join {{ ref('funnel_attempt_labels') }} as attempt_labels
    on
        steps.history_key = attempt_labels.history_key
        and steps.entry_key = attempt_labels.entry_key
