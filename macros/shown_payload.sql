{#
    What was sent, without IP addresses and without personal values; (personal) where one of
    these cannot be struck out. Reads the CTE personal_names, of one row.
#}
{% macro shown_payload(payload) -%}
{%- set names = "(select personal_names.pattern from personal_names)" -%}
case
    when {{ names }} is null then {{ without_ip(payload) }}
    when {{ payload }} is not null
        then coalesce({{ without_personal(without_ip(payload), names) }}, '(personal)')
end
{%- endmacro %}
