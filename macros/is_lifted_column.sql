{# Whether a name is that of a column of events which a definition may use as if it were a
   property. #}
{% macro is_lifted_column(name) -%}
{{ name }} in (
    'collector', 'event_type', 'event_name', 'source_event_name', 'user_id', 'anonymous_id',
    'source_session_id', 'page_url', 'page_host', 'page_path', 'page_title', 'referrer',
    'referrer_host', 'utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content',
    'click_id', 'channel', 'user_agent', 'browser', 'os', 'device_type', 'country', 'region',
    'city', 'ip', 'locale', 'app_version', 'platform', 'library', 'revenue', 'currency'
)
{%- endmacro %}
