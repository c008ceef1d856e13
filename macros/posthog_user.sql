{#
    The id of a PostHog event, other than the one that a server makes up of a group's type and
    key to describe it: that is nobody's.
#}
{% macro posthog_user(event) -%}
case
    when
        {{ event }}.event = '$groupidentify'
        and {{ event }}.distinct_id = concat(
            '$', {{ struct_field(event ~ '.properties', '$group_type') }},
            '_', {{ struct_field(event ~ '.properties', '$group_key') }}
        )
        then null
    else {{ event }}.distinct_id
end
{%- endmacro %}
