{# Why a collected event is not accepted; null where it is. The codes are explained
   in seeds/reference/rejection_reasons.csv. Two vendors have messages that join devices. #}
{% macro rejection_reason(event) -%}
case
    when {{ event }}.event_type not in
        ('track', 'page', 'screen', 'identify', 'group', 'alias')
        then 'unknown_event_type'
    when {{ event }}.event_type = 'track'
        and nullif(trim({{ event }}.source_event_name), '') is null
        then 'missing_event_name'
    when not {{ is_without_consent(event) }} and case
        when {{ event }}.event_type = 'alias' and (nullif(trim({{ event }}.previous_id), '')
            is null or nullif(trim({{ event }}.user_id), '') is null
            and {{ event }}.collector not in ('heap', 'rudderstack')) then true
        else trim(concat_ws('', {{ event }}.user_id, {{ event }}.anonymous_id)) = ''
    end then 'missing_identifier'
    when left({{ event }}.properties, 1) <> '{' then 'malformed_properties'
    when {{ event }}.unread_time is not null then 'invalid_timestamp'
    when {{ event }}.occurred_at is null then 'missing_timestamp'
    when {{ event }}.occurred_at not between timestamp '1990-01-01'
        and timestamp '2200-01-01' then 'implausible_timestamp'
    when {{ event }}.occurred_at > coalesce({{ event }}.received_at, {{ build_time() }})
        + interval 1 day then 'future_timestamp'
end
{%- endmacro %}
