-- A rule of custom_channel_rules or internal_traffic that could never match, or that
-- would stop the search, fails with a sentence before it is used.
with channel_rules as (
    select * from {{ ref('custom_channel_rules') }}
),

traffic_rules as (
    select * from {{ ref('internal_traffic') }}
),

patterns as (
    select
        channel_rules.channel,
        'source_pattern' as column_name,
        channel_rules.source_pattern as pattern
    from channel_rules

    union all

    select
        channel_rules.channel,
        'medium_pattern' as column_name,
        channel_rules.medium_pattern as pattern
    from channel_rules

    union all

    select
        channel_rules.channel,
        'campaign_pattern' as column_name,
        channel_rules.campaign_pattern as pattern
    from channel_rules
),

faults as (
    select
        'seeds/reference/custom_channel_rules.csv: expected a position and a channel'
        || ' in every row.' as message
    from channel_rules
    where channel_rules.position is null or channel_rules.channel is null

    union all

    select
        concat(
            'seeds/reference/custom_channel_rules.csv, rule of ', channel_rules.channel,
            ', column source_category: expected a category of source_categories.csv;',
            ' found ''', channel_rules.source_category, '''.'
        ) as message
    from channel_rules
    where
        channel_rules.source_category not in (
            select source_categories.category
            from {{ ref('source_categories') }} as source_categories
        )

    union all

    select
        concat(
            'seeds/reference/custom_channel_rules.csv, rule of ', patterns.channel,
            ', column ', patterns.column_name, ': expected a regular expression in',
            ' lower case; found ''', patterns.pattern, '''.'
        ) as message
    from patterns
    where
        patterns.pattern is not null
        and (
            not {{ is_pattern('patterns.pattern') }}
            -- With an escape a capital may be a class of characters.
            or not contains(patterns.pattern, chr(92))
            and patterns.pattern <> lower(patterns.pattern)
        )

    union all

    select
        concat(
            'seeds/reference/internal_traffic.csv, rule ', traffic_rules.rule,
            ', column value: expected a network as 192.0.2.0/24 or 2001:db8::/32;',
            ' found ''', traffic_rules.value, '''.'
        ) as message
    from traffic_rules
    where
        traffic_rules.operator = 'in_network'
        and (
            {{ ip_number("split_part(traffic_rules.value, '/', 1)") }} is null
            or contains(traffic_rules.value, '/')
            and coalesce(
                try_cast(split_part(traffic_rules.value, '/', 2) as integer), -1
            ) not between 0
            and case when contains(traffic_rules.value, ':') then 128 else 32 end
        )
),

counted as (
    select
        count(*) as message_count,
        concat(chr(10), {{ joined_texts('message', 'chr(10)', 'message') }}) as messages
    from faults
)

select 1 as failure
from counted
where case when message_count > 0 then {{ stop_with('messages') }} end is not null
