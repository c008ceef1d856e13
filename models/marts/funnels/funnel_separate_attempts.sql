{{ config(meta=funnels_follow_people()) }}

with recursive funnel_attempt_ends as (
    select * from {{ ref('funnel_attempt_ends') }}
),

-- Whatever opens after all that opened before has ended is an attempt; from there on
-- each leads to the next. The jumps double, so that a hundred thousand take seventeen.
ordered as (
    select
        funnel_attempt_ends.*,
        following.entered_at as next_entered_at,
        coalesce(max(funnel_attempt_ends.resumes_at) over (
            partition by funnel_attempt_ends.history_key
            order by funnel_attempt_ends.entered_at
            rows between unbounded preceding and 1 preceding
        ) <= funnel_attempt_ends.entered_at, true) as is_reached
    from funnel_attempt_ends
    asof left join funnel_attempt_ends as following
        on
            funnel_attempt_ends.history_key = following.history_key
            and funnel_attempt_ends.resumes_at <= following.entered_at
),

jumps as (
    select
        ordered.history_key,
        ordered.entered_at,
        ordered.next_entered_at,
        ordered.is_reached
    from ordered

    union all

    select
        jumps.history_key,
        jumps.entered_at,
        onward.next_entered_at,
        jumps.is_reached
        or exists (
            select 1 from jumps as earlier
            where
                earlier.is_reached
                and earlier.history_key = jumps.history_key
                and earlier.next_entered_at = jumps.entered_at
        ) as is_reached
    from jumps
    left join jumps as onward
        on
            jumps.history_key = onward.history_key
            and jumps.next_entered_at = onward.entered_at
    where exists (
        select 1 from jumps as unfinished
        where unfinished.next_entered_at is not null
    )
)

select
    ordered.history_key,
    ordered.person_id,
    ordered.entry_key
from ordered
where
    not ordered.is_void
    and exists (
        select 1 from jumps as landed
        where
            landed.history_key = ordered.history_key
            and landed.entered_at = ordered.entered_at
            and landed.is_reached
    )
