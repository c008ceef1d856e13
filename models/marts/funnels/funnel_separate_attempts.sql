{{ config(meta=funnels_follow_people()) }}

with recursive funnel_attempt_ends as (
    select * from {{ ref('funnel_attempt_ends') }}
),

-- Whatever opens after all that opened before has ended is an attempt.
ordered as (
    select
        funnel_attempt_ends.*,
        coalesce(max(funnel_attempt_ends.resumes_at) over (
            partition by funnel_attempt_ends.history_key
            order by funnel_attempt_ends.entered_at
            rows between unbounded preceding and 1 preceding
        ) <= funnel_attempt_ends.entered_at, true) as is_first
    from funnel_attempt_ends
),

sides as (
    select true as is_onward

    union all

    select false as is_onward
),

-- From each first attempt on one leads to the next; to the first itself leads a jump
-- from nowhere.
single_jumps as (
    select
        ordered.history_key,
        ordered.entered_at,
        following.entered_at as next_entered_at,
        false as is_reached
    from ordered
    {{ join_nearest(
        'inner', 'ordered', {'ordered.history_key': 'history_key'},
        'ordered.resumes_at', '<=', 'entered_at', alias='following'
    ) }}
    where not following.is_first

    union all

    select
        ordered.history_key,
        cast(null as timestamp) as entered_at,
        ordered.entered_at as next_entered_at,
        true as is_reached
    from ordered
    where ordered.is_first
),

-- The jumps double, so that a hundred thousand take seventeen; those from nowhere lead
-- to where they led before, and onward from there.
jumps as (
    select * from single_jumps

    union all

    select
        jumps.history_key,
        jumps.entered_at,
        case
            when sides.is_onward then onward.next_entered_at
            else jumps.next_entered_at
        end as next_entered_at,
        jumps.is_reached
    from jumps
    inner join jumps as onward
        on
            jumps.history_key = onward.history_key
            and jumps.next_entered_at = onward.entered_at
    inner join sides
        on sides.is_onward or jumps.is_reached
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
            landed.is_reached
            and landed.history_key = ordered.history_key
            and landed.next_entered_at = ordered.entered_at
    )
