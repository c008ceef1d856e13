with staged_events as (
    select * from {{ ref('staged_events') }}
),

click_ids as (
    select * from {{ ref('click_ids') }}
),

-- The custom rules come first, whatever their positions.
rules as (
    select
        {{ all_but('channel_rules', ['version']) }},
        2 as list_rank
    from {{ ref('channel_rules') }} as channel_rules

    union all

    select
        *,
        1 as list_rank
    from {{ ref('custom_channel_rules') }}
),

source_categories as (
    select * from {{ ref('source_categories') }}
),

-- A campaign says where it comes from; without one the click id does, and without
-- that the page that linked here.
named as (
    select distinct
        staged_events.utm_source,
        staged_events.utm_medium,
        staged_events.utm_campaign,
        staged_events.click_parameter,
        staged_events.external_referrer_host as referrer_host,
        click_ids.medium as click_medium,
        lower(trim(coalesce(
            staged_events.utm_source,
            click_ids.source,
            staged_events.external_referrer_host,
            ''
        ))) as source
    from staged_events
    left join click_ids
        on staged_events.click_parameter = click_ids.parameter
),

categorised as (
    select
        named.*,
        source_categories.category,
        lower(trim(coalesce(
            named.utm_medium,
            named.click_medium,
            case
                when named.utm_source is not null then ''
                when source_categories.category = 'search' then 'organic'
                when source_categories.category = 'ai' then 'ai-assistant'
                when named.referrer_host is not null then 'referral'
            end,
            ''
        ))) as medium,
        lower(trim(coalesce(named.utm_campaign, ''))) as campaign
    from named
    left join source_categories
        on
            named.source = source_categories.source
            or {{ ends_with('named.source', "concat('.', source_categories.source)") }}
    where concat_ws('', named.source, named.utm_medium, named.utm_campaign) <> ''
    qualify row_number() over (
        partition by
            named.utm_source, named.utm_medium, named.utm_campaign,
            named.click_parameter, named.referrer_host
        order by length(source_categories.source) desc nulls last
    ) = 1
)

select
    categorised.utm_source,
    categorised.utm_medium,
    categorised.utm_campaign,
    categorised.click_parameter,
    categorised.referrer_host,
    coalesce(rules.channel, 'Unassigned') as channel
from categorised
left join rules
    on
        (
            rules.source_category is null
            or categorised.category = rules.source_category
        )
        and {{ matches_rule('categorised.source', 'rules.source_pattern') }}
        and {{ matches_rule('categorised.medium', 'rules.medium_pattern') }}
        and {{ matches_rule('categorised.campaign', 'rules.campaign_pattern') }}
qualify row_number() over (
    partition by
        categorised.utm_source, categorised.utm_medium, categorised.utm_campaign,
        categorised.click_parameter, categorised.referrer_host
    order by
        rules.list_rank asc nulls last,
        rules.position asc nulls last,
        rules.channel asc nulls last
) = 1
