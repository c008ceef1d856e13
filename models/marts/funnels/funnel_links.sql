{{ config(meta=funnels_follow_people()) }}

with step_pairs as (
    select * from {{ ref('funnel_step_pairs') }}
    where
        next_step is not null
        and not is_plain
),

step_events as (
    select * from {{ ref('funnel_step_events') }}
    where
        role = 'required'
        and funnel in (select step_pairs.funnel from step_pairs)
),

searching as (
    select
        step_events.funnel,
        step_events.person_id,
        step_events.history_key,
        step_events.step,
        step_pairs.next_step,
        step_pairs.is_any_next,
        step_pairs.is_overlapping,
        step_events.match_key,
        step_events.occurred_at,
        {{ seconds_after(
            'step_events.occurred_at', '-step_pairs.grace_seconds'
        ) }} as search_from
    from step_events
    inner join step_pairs
        on
            step_events.funnel = step_pairs.funnel
            and step_events.step = step_pairs.step
),

-- Where an event may fit several steps, of those of one moment the one that fits the
-- fewest later steps comes first, so that the others are left for those; of such the
-- one with the smallest key.
counted_events as (
    select
        step_events.*,
        count(*) over (
            partition by step_events.history_key, step_events.match_key
            order by step_events.step
            rows between 1 following and unbounded following
        ) as later_count
    from step_events
),

step_moments as (
    select
        counted_events.history_key,
        counted_events.step,
        counted_events.occurred_at,
        {{ list_in_order(
            'counted_events.match_key',
            'counted_events.later_count, counted_events.match_key'
        ) }} as match_keys
    from counted_events
    group by
        counted_events.history_key, counted_events.step, counted_events.occurred_at
),

-- What happened at the same moment may come next, whatever its id.
simple_links as (
    select
        searching.*,
        {{ element_of('next_events.match_keys', 1) }} as next_match_key,
        next_events.occurred_at as next_occurred_at
    from searching
    {{ join_nearest(
        'inner', 'step_moments', {
            'searching.history_key': 'history_key', 'searching.next_step': 'step'
        }, 'searching.search_from', '<=', 'occurred_at', alias='next_events'
    ) }}
    where not searching.is_overlapping
),

overlapping_links as (
    select
        searching.*,
        later.match_keys as later_match_keys,
        later.occurred_at as next_occurred_at
    from searching
    {{ join_nearest(
        'left', 'step_moments', {
            'searching.history_key': 'history_key', 'searching.next_step': 'step'
        }, 'searching.occurred_at', '<', 'occurred_at', alias='later'
    ) }}
    where searching.is_overlapping
)

select
    simple_links.person_id,
    simple_links.history_key,
    simple_links.step,
    simple_links.match_key,
    simple_links.occurred_at,
    simple_links.next_step,
    simple_links.is_any_next,
    simple_links.next_match_key,
    simple_links.next_occurred_at,
    null as tied_match_keys
from simple_links

union all

select
    overlapping_links.person_id,
    overlapping_links.history_key,
    overlapping_links.step,
    overlapping_links.match_key,
    overlapping_links.occurred_at,
    overlapping_links.next_step,
    overlapping_links.is_any_next,
    {{ element_of('overlapping_links.later_match_keys', 1) }} as next_match_key,
    overlapping_links.next_occurred_at,
    coalesce(tied.match_keys, {{ list_of([]) }}) as tied_match_keys
from overlapping_links
left join step_moments as tied
    on
        overlapping_links.history_key = tied.history_key
        and overlapping_links.next_step = tied.step
        and overlapping_links.occurred_at = tied.occurred_at
