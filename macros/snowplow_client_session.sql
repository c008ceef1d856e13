{# The session and the device of a Snowplow mobile tracker, which come as a context. #}
{% macro snowplow_client_session(snowplow) -%}
{{ element_of(snowplow ~ '.contexts_com_snowplowanalytics_snowplow_client_session_1', 1) }}
{%- endmacro %}
