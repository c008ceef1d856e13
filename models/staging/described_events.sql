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

sent as (
    select
        * exclude (browser, os, device_type),
        browser as sent_browser,
        os as sent_os,
        device_type as sent_device_type
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
    internal_events.event_key is not null as is_internal
from sent
left join event_devices
    on {{ is_device_of('sent', 'event_devices') }}
left join internal_events
    on sent.event_key = internal_events.event_key
