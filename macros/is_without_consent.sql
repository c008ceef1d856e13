{# Whether what identifies a person must not be kept of an event. #}
{% macro is_without_consent(event) -%}
coalesce({{ event }}.consent, '{{ var("unstated_consent") }}') = 'denied'
{%- endmacro %}
