{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        on_schema_change='fail',
        pre_hook=[
            "{{ prepare_landing(ref('found_files')) }}",
            "{{ take_lines_to_replay(ref('found_files'), is_incremental()) }}",
            "{% if is_incremental() %}{{ unland_files(ref('found_files')) }}{% endif %}"
        ],
        post_hook=[
            "{{ keep_first_lines(is_incremental()) }}",
            "{{ number_rejected_lines(ref('found_files')) }}",
            "{{ land_line_errors(ref('found_files')) }}",
            "{{ number_equal_lines() }}",
            "{{ journal_lines(is_incremental()) }}"
        ]
    )
}}

with messages as (
    select
        landed_lines.*,
        {{ parse_message('landed_lines.line') }} as message
    from {{ ref('landed_lines') }} as landed_lines
),

recognised as (
    select
        messages.*,
        {{ recognise_collector('messages.message') }} as collector
    from messages
),

timed as (
    select
        {{ all_but('recognised', ['reject_reason']) }},
        {{ landing_fault('recognised') }} as reject_reason,
        {{ is_spread('recognised') }} as is_spread,
        {{ event_time('recognised') }} as event_time,
        {{ parse_timestamp(event_time('recognised')) }} as event_at,
        {{ parse_timestamp('recognised.message.originaltimestamp') }} as original_at,
        {{ parse_timestamp('recognised.message.sentat') }} as sent_at,
        {{ parse_timestamp(received_time('recognised')) }} as received_at,
        trim({{ first_filled([
            'recognised.message.event_id', 'recognised.message.messageid'
        ]) }}) as event_id
    from recognised
),

lines as (
    select
        timed.*,
        {{ happened_at('timed') }} as told_at,
        {{ unread_time('timed') }} as unread_time,
        case
            when timed.collector = 'throughline'
                then {{ other_keys('timed.line', 'timed.message') }}
            when timed.is_spread
                then {{ object_of("'category'", 'timed.message.category') }}
        end as other_keys,
        case when timed.is_spread then {{ with_key(
            unless_empty_list('timed.message.properties'), 'name', 'timed.message.name',
            keeps="timed.collector = 'throughline'"
        ) }} end as properties,
        case
            when timed.is_spread and left(timed.message.context, 1) = '{'
                then {{ parse_context('timed.message.context') }}
        end as known
    from timed
)

select
    {{ hash_key(
        'lines.file_name', 'coalesce(cast(lines.line as string), lines.unreadable_line)'
    ) }} as event_key,
    lines.file_name,
    lines.line_number,
    lines.collector,
    {{ event_count('lines') }} as event_count,
    lines.reject_reason,
    lines.reject_detail,
    case
        when lines.reject_reason is not null or {{ is_doubtful('lines') }}
            then coalesce(lines.unreadable_line, cast(lines.line as string))
    end as payload,
    case when not lines.is_spread then lines.line end as line,
    1 as copy_number,
    {{ line_hash('lines') }} as line_hash,
    lines.message.type as message_type,
    {{ first_filled(['lines.message.event', 'lines.message.event_name']) }}
        as event_name,
    lines.event_id,
    coalesce(
        {{ merged_identifier('lines.message', 'user') }},
        {{ first_filled(['lines.message.user_id', 'lines.message.userid']) }}
    ) as user_id,
    {{ first_filled([
        merged_identifier('lines.message', 'device'), 'lines.message.anonymous_id',
        'lines.message.anonymousid', 'lines.message.device_id'
    ]) }} as anonymous_id,
    {{ first_filled(['lines.message.session_id', 'lines.known.sessionid']) }}
        as session_id,
    coalesce(
        lines.message.previous_id, lines.message.previousid,
        {{ merged_identifier('lines.message', 'previous') }}
    ) as previous_id,
    coalesce(lines.message.groupid, lines.known.groupid) as group_id,
    lines.event_at,
    lines.original_at,
    lines.sent_at,
    lines.received_at,
    lines.unread_time,
    coalesce(lines.message.channel, lines.known.channel) as sender_channel,
    {{ merge_objects('lines.other_keys', 'lines.properties') }} as properties,
    case
        when lines.is_spread
            then coalesce(lines.message.user_properties, lines.message.traits)
    end as user_properties,
    case when lines.is_spread then lines.message.context end as context,
    {{ context_columns('lines.known') }},
    {{ both_consents('lines.known') }} as consent,
    lines.message.groups,
    {{ batch() }} as landed_in
from lines
