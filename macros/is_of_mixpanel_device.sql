{# Whether the id of a Mixpanel event is the device's, not somebody's who is known. #}
{% macro is_of_mixpanel_device(properties) -%}
coalesce(
    {{ begins_with(properties ~ '.distinct_id', "'$device:'") }}
    or {{ properties }}.distinct_id = {{ struct_field(properties, '$device_id') }},
    false
)
{%- endmacro %}
