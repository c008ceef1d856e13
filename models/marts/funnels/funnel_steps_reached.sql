{{ config(materialized='view') }}

select
    counted_steps.funnel,
    counted_steps.breakdown_value,
    counted_steps.breakdown_value = '(all)' as is_total,
    counted_steps.unit_id,
    counted_steps.person_id,
    counted_steps.attempt,
    counted_steps.step,
    counted_steps.reached_at,
    counted_steps.previous_reached_at,
    counted_steps.entered_at
from {{ ref('funnel_counted_steps') }} as counted_steps
where counted_steps.is_counted
