with staged_events as (
    select * from {{ ref('staged_events') }}
),

channel_rules as (
    select * from {{ ref('channel_rules') }}
),

source_categories as (
    select * from {{ ref('source_categories') }}
),

traffic as (
    select distinct
        staged_events.utm_source,
        staged_events.utm_medium,
        staged_events.utm_campaign,
        staged_events.is_search_ad_click,
        staged_events.external_referrer_host as referrer_host
    from staged_events
),

-- A campaign says where it comes from; without one the click id does, and without
-- that the page that linked here.
named as (
    select
        traffic.*,
        lower(trim(coalesce(
            traffic.utm_source,
            case when traffic.is_search_ad_click then 'google' end,
            traffic.referrer_host
        ))) as source
    from traffic
),

categorised as (
    select
        named.*,
        source_categories.category,
        lower(trim(coalesce(
            named.utm_medium,
            case
                when named.is_search_ad_click then 'cpc'
                when named.utm_source is not null then ''
                when source_categories.category = 'search' then 'organic'
                when named.referrer_host is not null then 'referral'
            end,
            ''
        ))) as medium,
        lower(trim(coalesce(named.utm_campaign, ''))) as campaign
    from named
    left join source_categories
        on
            named.source = source_categories.source
            or ends_with(named.source, concat('.', source_categories.source))
    where coalesce(named.source, named.utm_medium, named.utm_campaign) is not null
    qualify row_number() over (
        partition by
            named.utm_source, named.utm_medium, named.utm_campaign,
            named.is_search_ad_click, named.referrer_host
        order by length(source_categories.source) desc nulls last
    ) = 1
),

matched as (
    select
        categorised.*,
        channel_rules.channel,
        row_number() over (
            partition by
                categorised.utm_source, categorised.utm_medium,
                categorised.utm_campaign, categorised.is_search_ad_click,
                categorised.referrer_host
            order by channel_rules.position
        ) as match_rank
    from categorised
    left join channel_rules
        on
            (
                channel_rules.source_category is null
                or categorised.category = channel_rules.source_category
            )
            and regexp_matches(
                coalesce(categorised.source, ''),
                coalesce(channel_rules.source_pattern, '')
            )
            and regexp_matches(
                categorised.medium, coalesce(channel_rules.medium_pattern, '')
            )
            and regexp_matches(
                categorised.campaign, coalesce(channel_rules.campaign_pattern, '')
            )
)

select
    matched.utm_source,
    matched.utm_medium,
    matched.utm_campaign,
    matched.is_search_ad_click,
    matched.referrer_host,
    coalesce(matched.channel, 'Unassigned') as channel
from matched
where matched.match_rank = 1
