{{ config(materialized='view') }}

select
    plain_attempts.funnel,
    plain_attempts.person_id,
    plain_attempts.holder_id,
    plain_attempts.unit_id,
    plain_attempts.breakdown_value,
    plain_attempts.history_key,
    plain_attempts.history_key as entry_key,
    1 as attempt,
    true as is_counted,
    cast(null as date) as period_start,
    plain_attempts.entered_at,
    plain_attempts.step,
    plain_attempts.step as filled_step,
    null as match_key,
    plain_attempts.reached_at as occurred_at,
    plain_attempts.reached_at,
    plain_attempts.previous_reached_at,
    plain_attempts.next_reached_at,
    plain_attempts.closes_at as ends_at,
    null as excluded_at
from {{ ref('funnel_plain_attempts') }} as plain_attempts

union all

select * from {{ ref('funnel_ranked_steps') }}
