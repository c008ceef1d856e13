with parsed_user_agents as (
    select * from {{ ref('parsed_user_agents') }}
),

bot_patterns as (
    select * from {{ ref('bot_patterns') }}
),

device_patterns as (
    select * from {{ ref('device_patterns') }}
),

platform_names as (
    select * from {{ ref('platform_names') }}
),

lowered as (
    select
        parsed_user_agents.*,
        lower(parsed_user_agents.user_agent) as agent,
        coalesce(lower(parsed_user_agents.os), '') as system
    from parsed_user_agents
),

bots as (
    select distinct lowered.user_agent
    from lowered
    left join bot_patterns
        on {{ pattern_is_found('lowered.agent', 'bot_patterns') }}
    where bot_patterns.pattern is not null or lowered.device = 'Spider'
),

-- Of the patterns that are found the first says what kind of device it is.
devices as (
    select
        lowered.user_agent,
        min_by(device_patterns.device_type, device_patterns.position) as device_type
    from lowered
    inner join device_patterns
        on
            contains(lowered.system, coalesce(device_patterns.os_pattern, ''))
            and contains(
                lowered.agent, coalesce(device_patterns.user_agent_pattern, '')
            )
    group by lowered.user_agent
)

select
    lowered.user_agent,
    coalesce(browsers.name, lowered.browser) as browser,
    lowered.browser_version,
    coalesce(systems.name, lowered.os) as os,
    lowered.os_version,
    case
        when bots.user_agent is not null then 'bot'
        else coalesce(devices.device_type, 'other')
    end as device_type,
    bots.user_agent is not null as is_bot
from lowered
left join bots
    on lowered.user_agent = bots.user_agent
left join devices
    on lowered.user_agent = devices.user_agent
left join platform_names as browsers
    on
        browsers.part = 'browser'
        and lower(lowered.browser) = browsers.source_name
left join platform_names as systems
    on
        systems.part = 'os'
        and lowered.system = systems.source_name
