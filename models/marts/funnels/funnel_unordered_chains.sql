{{ config(meta=funnels_follow_people()) }}

with recursive funnel_entries as (
    select * from {{ ref('funnel_entries') }}
    where order_rule = 'unordered'
),

funnel_links as (
    select * from {{ ref('funnel_links') }}
    where history_key in (select funnel_entries.history_key from funnel_entries)
),

funnel_breaks as (
    select * from {{ ref('funnel_breaks') }}
),

chains as (
    select
        funnel_entries.person_id,
        funnel_entries.history_key,
        funnel_entries.entry_key,
        funnel_entries.entered_at,
        funnel_entries.closes_at,
        1 as step,
        funnel_entries.step as filled_step,
        {{ list_of(['funnel_entries.step']) }} as filled_steps,
        funnel_entries.entry_key as match_key,
        funnel_entries.entered_at as occurred_at,
        {{ list_of(['funnel_entries.entry_key']) }} as used_keys,
        cast(null as timestamp) as excluded_at
    from funnel_entries

    union all

    select
        following.person_id,
        following.history_key,
        following.entry_key,
        following.entered_at,
        following.closes_at,
        following.step + 1 as step,
        following.next_step as filled_step,
        {{ with_element('following.filled_steps', 'following.next_step') }}
            as filled_steps,
        following.next_key as match_key,
        following.next_at as occurred_at,
        {{ with_element('following.used_keys', 'following.next_key') }} as used_keys,
        case
            when following.next_excluded_at < following.next_at
                then following.next_excluded_at
        end as excluded_at
    from (
        select
            chains.*,
            funnel_links.next_step,
            funnel_links.is_any_next,
            coalesce(
                {{ first_unused('funnel_links.tied_match_keys', 'chains.used_keys') }},
                funnel_links.next_match_key
            ) as next_key,
            {{ comes_at('funnel_links', 'chains') }} as next_at,
            funnel_breaks.excluded_at as next_excluded_at
        from chains
        inner join funnel_links
            on
                chains.history_key = funnel_links.history_key
                and chains.filled_step = funnel_links.step
                and chains.match_key = funnel_links.match_key
        left join funnel_breaks
            on
                chains.history_key = funnel_breaks.history_key
                and chains.filled_step = funnel_breaks.step
                and chains.occurred_at = funnel_breaks.occurred_at
        where
            chains.excluded_at is null
            and not {{ list_has('chains.filled_steps', 'funnel_links.next_step') }}
    ) as following
    -- What comes first is taken; of one moment any event last, then the first step.
    anti join funnel_links as nearer
        on
            following.history_key = nearer.history_key
            and following.filled_step = nearer.step
            and following.match_key = nearer.match_key
            and not {{ list_has('following.filled_steps', 'nearer.next_step') }}
            and {{ comes_at('nearer', 'following') }} <= following.next_at
            and (
                {{ comes_at('nearer', 'following') }} < following.next_at
                or (nearer.is_any_next, nearer.next_step)
                < (following.is_any_next, following.next_step)
            )
    where following.next_at <= following.closes_at
)

select
    chains.person_id,
    chains.history_key,
    chains.entry_key,
    chains.step,
    chains.filled_step,
    chains.match_key,
    chains.occurred_at,
    chains.occurred_at as reached_at,
    chains.entered_at,
    chains.closes_at,
    chains.excluded_at,
    cast(null as timestamp) as interrupted_at
from chains
