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
        case
            when landed_lines.line is not null
                then {{ parse_message('landed_lines.line') }}
        end as message
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

with_reasons as (
    select
        recognised.* exclude (reject_reason),
        case
            when recognised.reject_reason is not null
                then recognised.reject_reason
            when left(ltrim(cast(recognised.line as varchar)), 1) <> '{'
                then 'not_an_object'
            when recognised.collector is null
                then 'unknown_format'
        end as reject_reason
    from recognised
)

select
    {{ hash_key(
        'with_reasons.file_name',
        'coalesce(cast(with_reasons.line as varchar), with_reasons.unreadable_line)'
    ) }} as event_key,
    with_reasons.file_name,
    with_reasons.line_number,
    with_reasons.collector,
    with_reasons.reject_reason,
    with_reasons.reject_detail,
    case
        when
            with_reasons.reject_reason is not null
            or {{ is_doubtful('with_reasons') }}
            then coalesce(
                with_reasons.unreadable_line, cast(with_reasons.line as varchar)
            )
    end as payload,
    1 as copy_number,
    case
        when coalesce(with_reasons.event_id, with_reasons.reject_reason) is null
            then {{ hash_text('cast(json(with_reasons.line) as varchar)') }}
    end as line_hash,
    with_reasons.message.type as message_type,
    coalesce(with_reasons.message.event, with_reasons.message.event_name) as event_name,
    with_reasons.message.name as page_name,
    with_reasons.event_id,
    coalesce(with_reasons.message.user_id, with_reasons.message.userid) as user_id,
    coalesce(
        with_reasons.message.anonymous_id, with_reasons.message.anonymousid
    ) as anonymous_id,
    with_reasons.message.device_id,
    with_reasons.message.session_id,
    coalesce(
        with_reasons.message.previous_id, with_reasons.message.previousid
    ) as previous_id,
    with_reasons.message.groupid as group_id,
    with_reasons.event_at,
    with_reasons.original_at,
    with_reasons.sent_at,
    with_reasons.received_at,
    case
        when
            coalesce(with_reasons.event_at, with_reasons.original_at) is null
            or (with_reasons.event_at is null and with_reasons.message.timestamp <> '')
            then coalesce(
                nullif(trim(with_reasons.message.timestamp), ''),
                nullif(trim(with_reasons.message.originaltimestamp), '')
            )
    end as unread_time,
    with_reasons.message.channel as sender_channel,
    with_reasons.message.properties,
    coalesce(
        with_reasons.message.user_properties, with_reasons.message.traits
    ) as user_properties,
    with_reasons.message.context,
    with_reasons.message.groups,
    case
        when with_reasons.collector = 'throughline'
            then {{ other_keys('with_reasons.line') }}
    end as other_keys
from with_reasons
