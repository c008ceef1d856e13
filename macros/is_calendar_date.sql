{# Whether a text is a day of the calendar as YYYY-MM-DD, from the year 1 on. #}
{% macro is_calendar_date(text) -%}
({{ has_match(text, "'^[0-9]{4}-[0-9]{2}-[0-9]{2}$'") }}
    and left({{ text }}, 4) <> '0000' and try_cast({{ text }} as date) is not null)
{%- endmacro %}
