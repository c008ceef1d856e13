{# Whether an object's properties hold who and when, as Mixpanel's export has them. #}
{% macro is_mixpanel_properties(properties) -%}
(
    contains({{ properties }}, '"distinct_id"')
    or contains({{ properties }}, '"$insert_id"')
    or contains({{ properties }}, '"mp_processing_time_ms"')
)
{%- endmacro %}
