{# The text of a collector's time that could not be read; null where it could. Reads
   event_at and original_at beside it. #}
{% macro unread_text(text) -%}
case when coalesce(timed.event_at, timed.original_at) is null then nullif(trim({{ text }}), '') end
{%- endmacro %}
