{{ config(meta=funnels_follow_people()) }}

with recursive funnel_entries as (
    select * from {{ ref('funnel_entries') }}
    where order_rule <> 'unordered'
),

funnel_links as (
    select * from {{ ref('funnel_links') }}
),

funnel_breaks as (
    select * from {{ ref('funnel_breaks') }}
),

-- From each first step on, the next event of the next step until the window closes or
-- something has come between.
chains as (
    select
        funnel_entries.person_id,
        funnel_entries.history_key,
        funnel_entries.entry_key,
        funnel_entries.entered_at,
        funnel_entries.closes_at,
        1 as step,
        funnel_entries.entry_key as match_key,
        funnel_entries.entered_at as occurred_at,
        funnel_entries.entered_at as reached_at,
        case
            when funnel_entries.is_overlapping
                then {{ list_of(['funnel_entries.entry_key']) }}
        end as used_keys,
        cast(null as timestamp) as excluded_at,
        cast(null as timestamp) as interrupted_at
    from funnel_entries

    union all

    select
        following.person_id,
        following.history_key,
        following.entry_key,
        following.entered_at,
        following.closes_at,
        following.next_step as step,
        following.next_key as match_key,
        following.next_at as occurred_at,
        greatest(following.reached_at, following.next_at) as reached_at,
        case
            when following.used_keys is not null
                then {{ with_element('following.used_keys', 'following.next_key') }}
        end as used_keys,
        case
            when
                following.excluded_at < following.next_at
                and following.excluded_at <= coalesce(
                    following.interrupted_at, following.next_at
                )
                then following.excluded_at
        end as excluded_at,
        case
            when following.interrupted_at < following.next_at
                then following.interrupted_at
        end as interrupted_at
    from (
        select
            chains.person_id,
            chains.history_key,
            chains.entry_key,
            chains.entered_at,
            chains.closes_at,
            chains.reached_at,
            chains.used_keys,
            funnel_links.next_step,
            coalesce(
                {{ first_unused('funnel_links.tied_match_keys', 'chains.used_keys') }},
                funnel_links.next_match_key
            ) as next_key,
            {{ comes_at('funnel_links', 'chains') }} as next_at,
            funnel_breaks.excluded_at,
            funnel_breaks.interrupted_at
        from chains
        inner join funnel_links
            on
                chains.history_key = funnel_links.history_key
                and chains.step = funnel_links.step
                and chains.match_key = funnel_links.match_key
        left join funnel_breaks
            on
                chains.history_key = funnel_breaks.history_key
                and chains.step = funnel_breaks.step
                and chains.reached_at = funnel_breaks.occurred_at
        where
            chains.excluded_at is null
            and chains.interrupted_at is null
    ) as following
    where following.next_at <= following.closes_at
)

select
    chains.person_id,
    chains.history_key,
    chains.entry_key,
    chains.step,
    chains.step as filled_step,
    chains.match_key,
    chains.occurred_at,
    chains.reached_at,
    chains.entered_at,
    chains.closes_at,
    chains.excluded_at,
    chains.interrupted_at
from chains
