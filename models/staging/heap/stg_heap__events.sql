with landed_events as (
    select * from {{ ref('landed_events') }}
    where
        collector = 'heap'
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
        {{ parse_heap('landed_events.line') }} as heap
    from landed_events
),

timed as (
    select
        parsed.*,
        {{ parse_timestamp('parsed.heap.time') }} as event_at,
        cast(null as timestamp) as received_at,
        {{ without_keys('parsed.line', heap_keys()) }} as properties,
        cast(parsed.line as string) as payload,
        -- A row of the table of page views says nowhere what it is.
        {{ first_filled([
            'parsed.heap.event_name', 'parsed.heap.type',
            "case when parsed.heap.path is not null then 'pageview' end"
        ]) }} as name
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
        {{ unread_text('timed.heap.time') }} as unread_time,
        timed.heap.event_id,
        case
            when timed.heap.from_user_id is not null then 'alias'
            when timed.name in ('view', 'pageview', 'view page') then 'page'
            else 'track'
        end as event_type,
        timed.name as source_event_name,
        timed.event_at as occurred_at,
        timed.received_at,
        timed.heap.identity as user_id,
        coalesce(timed.heap.to_user_id, timed.heap.user_id) as anonymous_id,
        timed.heap.from_user_id as previous_id,
        timed.heap.session_id as source_session_id,
        timed.properties,
        timed.line as context,
        case
            when timed.heap.domain is not null
                then concat_ws(
                    '', 'https://', timed.heap.domain, timed.heap.path,
                    timed.heap.query, timed.heap.hash
                )
        end as page_url,
        timed.heap.path as page_path,
        timed.heap.title as page_title,
        timed.heap.referrer,
        timed.heap.utm_source,
        timed.heap.utm_medium,
        timed.heap.utm_campaign,
        timed.heap.utm_term,
        timed.heap.utm_content,
        timed.heap.browser,
        timed.heap.platform as os,
        coalesce(timed.heap.device_type, timed.heap.device)
            as device_type,
        timed.heap.country,
        timed.heap.region,
        timed.heap.city,
        timed.heap.ip,
        timed.heap.app_version,
        timed.heap.library
    from timed
)

select * from renamed
