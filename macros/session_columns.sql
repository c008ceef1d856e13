{# The columns of sessions that a definition may name as session. properties. #}
{% macro session_columns() -%}
session_id|person_id|entry_page_path|exit_page_path|channel|utm_source|utm_medium
{#- #}|utm_campaign|is_engaged|is_bounce|event_count|page_view_count|revenue
{#- #}|duration_seconds|started_at|ended_at
{%- endmacro %}
