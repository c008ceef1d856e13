{{ config(meta={'fingerprint': 'content'}) }}

with funnel_step_pairs as (
    select
        funnel,
        step,
        is_direct
    from {{ ref('funnel_step_pairs') }}
    where is_plain
),

funnel_step_definitions as (
    select * from {{ ref('funnel_step_definitions') }}
    where role = 'required'
),

funnel_definitions as (
    select * from {{ ref('funnel_definitions') }}
)

select
    pairs.funnel,
    pairs.step,
    steps.event,
    funnel_definitions.unit,
    funnel_definitions.reentry_rule,
    pairs.is_direct,
    cast(row_number() over (
        partition by pairs.funnel order by pairs.step
    ) as bigint) as place,
    cast(dense_rank() over (order by steps.event) as bigint) as event_number,
    cast(funnel_definitions.window_seconds * 1000000 as bigint) as window_length,
    coalesce(funnel_definitions.entered_from, funnel_definitions.entered_until) is null
        as is_always_open,
    coalesce({{ moment_number('funnel_definitions.entered_from') }}, 0) as opens_at,
    coalesce(
        {{ moment_number('funnel_definitions.entered_until') }},
        {{ moment_number("timestamp '9999-01-01'") }}
    ) as shuts_at
from funnel_step_pairs as pairs
inner join funnel_step_definitions as steps
    on
        pairs.funnel = steps.funnel
        and pairs.step = steps.step
inner join funnel_definitions
    on pairs.funnel = funnel_definitions.funnel
