{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        on_schema_change='fail',
        pre_hook=[
            "{{ prepare_landing(ref('found_files')) }}",
            "{% if is_incremental() %}{{ unland_files(ref('found_files')) }}{% endif %}"
        ],
        post_hook=[
            "{{ number_rejected_lines(ref('found_files')) }}",
            "{{ land_line_errors(ref('found_files')) }}",
            "{{ number_equal_lines() }}"
        ]
    )
}}

with landed_lines as (
    select * from {{ ref('landed_lines') }}
),

messages as (
    select
        landed_lines.*,
        {{ parse_message('landed_lines.line') }} as message
    from landed_lines
),

recognised as (
    select
        messages.*,
        {{ recognise_collector('messages.message') }} as collector,
        coalesce(
            nullif(trim(messages.message.event_id), ''),
            nullif(trim(messages.message.messageid), '')
        ) as event_id,
        {{ parse_timestamp('messages.message.timestamp') }} as event_at,
        {{ parse_timestamp('messages.message.originaltimestamp') }} as original_at,
        {{ parse_timestamp('messages.message.sentat') }} as sent_at,
        coalesce(
            {{ parse_timestamp('messages.message.received_at') }},
            {{ parse_timestamp('messages.message.receivedat') }}
        ) as received_at
    from messages
),

lines as (
    select
        recognised.* exclude (reject_reason),
        case
            when recognised.reject_reason is not null
                then recognised.reject_reason
            when
                left(cast(recognised.line as varchar), 1) <> '{'
                and left(ltrim(cast(recognised.line as varchar)), 1) <> '{'
                then 'not_an_object'
            when recognised.collector is null
                then 'unknown_format'
        end as reject_reason,
        case
            when recognised.collector = 'throughline'
                then {{ other_keys('recognised.line') }}
        end as other_keys,
        case recognised.collector
            when 'throughline' then recognised.event_at
            else {{ segment_time('recognised') }}
        end as told_at
    from recognised
)

select
    {{ hash_key(
        'lines.file_name',
        'coalesce(cast(lines.line as varchar), lines.unreadable_line)'
    ) }} as event_key,
    lines.file_name,
    lines.line_number,
    lines.collector,
    lines.reject_reason,
    lines.reject_detail,
    case
        when
            lines.reject_reason is not null
            or {{ is_doubtful('lines') }}
            then coalesce(
                lines.unreadable_line, cast(lines.line as varchar)
            )
    end as payload,
    1 as copy_number,
    case
        when coalesce(lines.event_id, lines.reject_reason) is null
            then {{ hash_text('cast(json(lines.line) as varchar)') }}
    end as line_hash,
    lines.message.type as message_type,
    coalesce(lines.message.event, lines.message.event_name) as event_name,
    lines.event_id,
    coalesce(nullif(lines.message.user_id, ''), lines.message.userid) as user_id,
    coalesce(
        nullif(lines.message.anonymous_id, ''), lines.message.anonymousid,
        lines.message.device_id
    ) as anonymous_id,
    lines.message.session_id,
    coalesce(lines.message.previous_id, lines.message.previousid) as previous_id,
    lines.message.groupid as group_id,
    lines.event_at,
    lines.original_at,
    lines.sent_at,
    lines.received_at,
    {{ unread_time('lines') }} as unread_time,
    lines.message.channel as sender_channel,
    case lines.collector
        when 'segment'
            then {{ with_key(
                'lines.message.properties', 'name', 'lines.message.name'
            ) }}
        else {{ merge_objects('lines.other_keys', 'lines.message.properties') }}
    end as properties,
    coalesce(lines.message.user_properties, lines.message.traits) as user_properties,
    lines.message.context,
    lines.message.groups
from lines
