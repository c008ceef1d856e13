with landed_events as (
    select * from {{ ref('landed_events') }}
    where
        collector = 'kissmetrics'
        and reject_reason is null
),

parsed as (
    select
        landed_events.event_key,
        landed_events.file_name,
        landed_events.line_number,
        landed_events.line,
        landed_events.collector,
        landed_events.copy_number,
        landed_events.line_hash,
        {{ parse_kissmetrics('landed_events.line') }} as kissmetrics
    from landed_events
),

timed as (
    select
        parsed.*,
        {{ parse_timestamp('parsed.kissmetrics._t') }} as event_at,
        cast(null as timestamp) as received_at,
        {{ without_keys('parsed.line', ['_n', '_p', '_p2', '_t']) }} as properties,
        cast(parsed.line as string) as payload
    from parsed
),

renamed as (
    select
        timed.event_key,
        timed.file_name,
        timed.line_number,
        timed.payload,
        timed.collector,
        timed.copy_number,
        timed.line_hash,
        {{ unread_text('timed.kissmetrics._t') }} as unread_time,
        case
            when trim(timed.kissmetrics._p2) <> '' then 'alias'
            when timed.kissmetrics._n is null then 'identify'
            else 'track'
        end as event_type,
        timed.kissmetrics._n as source_event_name,
        timed.event_at as occurred_at,
        timed.received_at,
        {{ first_filled(['timed.kissmetrics._p2', 'timed.kissmetrics._p']) }}
            as user_id,
        case
            when trim(timed.kissmetrics._p2) <> ''
                then timed.kissmetrics._p
        end as previous_id,
        case
            when timed.kissmetrics._n is not null then timed.properties
        end as properties,
        case
            when timed.kissmetrics._n is null then timed.properties
        end as user_properties
    from timed
)

select * from renamed
