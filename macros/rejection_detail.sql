{# The rule's sentence, with the value that broke it where that is a time or a type. #}
{% macro rejection_detail(event, reason) -%}
concat(
    {{ reason }}.detail,
    case
        when {{ event }}.reject_reason in
            ('invalid_timestamp', 'implausible_timestamp', 'future_timestamp')
            then concat(' It says: ', coalesce(
                {{ event }}.unread_time, cast({{ event }}.occurred_at as string)
            ))
        when {{ event }}.reject_reason = 'unknown_event_type'
            then concat(' It says: ', {{ event }}.event_type)
        else ''
    end
)
{%- endmacro %}
