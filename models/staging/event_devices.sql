with staged_events as (
    select * from {{ ref('staged_events') }}
),

user_agents as (
    select * from {{ ref('user_agents') }}
),

platform_names as (
    select * from {{ ref('platform_names') }}
),

sent as (
    select distinct
        staged_events.user_agent,
        staged_events.browser as sent_browser,
        staged_events.os as sent_os,
        staged_events.device_type as sent_device_type
    from staged_events
),

named as (
    select
        sent.*,
        coalesce(browsers.name, nullif(sent.sent_browser, '')) as browser,
        coalesce(systems.name, nullif(sent.sent_os, '')) as os,
        coalesce(devices.name, nullif(sent.sent_device_type, '')) as device_type
    from sent
    left join platform_names as browsers
        on
            browsers.part = 'browser'
            and lower(sent.sent_browser) = browsers.source_name
    left join platform_names as systems
        on
            systems.part = 'os'
            and lower(sent.sent_os) = systems.source_name
    left join platform_names as devices
        on
            devices.part = 'device_type'
            and lower(sent.sent_device_type) = devices.source_name
)

-- What the collector says wins; a version is that of what was parsed and of nothing
-- else.
select
    named.user_agent,
    named.sent_browser,
    named.sent_os,
    named.sent_device_type,
    coalesce(named.browser, user_agents.browser) as browser,
    case
        when coalesce(named.browser, user_agents.browser) = user_agents.browser
            then user_agents.browser_version
    end as browser_version,
    coalesce(named.os, user_agents.os) as os,
    case
        when coalesce(named.os, user_agents.os) = user_agents.os
            then user_agents.os_version
    end as os_version,
    coalesce(named.device_type, user_agents.device_type) as device_type,
    coalesce(user_agents.is_bot, false) as is_bot
from named
left join user_agents
    on named.user_agent = user_agents.user_agent
