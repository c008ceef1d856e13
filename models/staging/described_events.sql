{{ config(materialized='view') }}

with staged_events as (
    select * from {{ ref('staged_events') }}
),

event_devices as (
    select * from {{ ref('event_devices') }}
),

internal_events as (
    select * from {{ ref('internal_events') }}
),

ip_locations as (
    select * from {{ ref('ip_locations') }}
),

sent as (
    select
        {{ all_but('staged_events', [
            'browser', 'os', 'device_type', 'country', 'region', 'city'
        ]) }},
        browser as sent_browser,
        os as sent_os,
        device_type as sent_device_type,
        country as sent_country,
        region as sent_region,
        city as sent_city
    from staged_events
)

select
    sent.*,
    event_devices.browser,
    event_devices.browser_version,
    event_devices.os,
    event_devices.os_version,
    event_devices.device_type,
    event_devices.is_bot,
    coalesce(sent.sent_country, ip_locations.country) as country,
    coalesce(sent.sent_region, ip_locations.region) as region,
    coalesce(sent.sent_city, ip_locations.city) as city,
    internal_events.event_key is not null as is_internal
from sent
left join event_devices
    on {{ is_device_of('sent', 'event_devices') }}
left join internal_events
    on sent.event_key = internal_events.event_key
-- A place is the collector's or the database's, never half of each.
left join ip_locations
    on
        sent.ip = ip_locations.ip
        and coalesce(sent.sent_country, sent.sent_region, sent.sent_city) is null
