{# Whether the id of a PostHog event is the device's, not somebody's who is known. #}
{% macro is_of_posthog_device(event) -%}
coalesce({{ event }}.distinct_id = {{ struct_field(event ~ '.properties', '$device_id') }}, false)
or coalesce({{ struct_field(event ~ '.properties', '$is_identified') }} = 'false', false)
{%- endmacro %}
