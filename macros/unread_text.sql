{# The text of a time that could not be read; null where there is one. #}
{% macro unread_text(text, moment='timed.event_at') -%}
case when {{ moment }} is null then nullif(trim({{ text }}), '') end
{%- endmacro %}
