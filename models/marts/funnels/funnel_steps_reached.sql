{{ config(meta=funnels_follow_people()) }}

with counted_steps as (
    select * from {{ ref('funnel_counted_steps') }}
    where is_counted
),

funnel_histories as (
    select * from {{ ref('funnel_histories') }}
),

attempt_labels as (
    select * from {{ ref('funnel_attempt_labels') }}
)

select
    counted_steps.funnel,
    attempt_labels.breakdown_value,
    attempt_labels.breakdown_value = '(all)' as is_total,
    funnel_histories.unit_id,
    counted_steps.person_id,
    counted_steps.attempt,
    counted_steps.step,
    counted_steps.reached_at,
    counted_steps.previous_reached_at,
    counted_steps.entered_at
from counted_steps
inner join funnel_histories
    on counted_steps.history_key = funnel_histories.history_key
inner join attempt_labels
    on
        counted_steps.history_key = attempt_labels.history_key
        and counted_steps.entry_key = attempt_labels.entry_key
