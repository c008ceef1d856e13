{#
    What was sent, without IP addresses and without personal values; (personal) where one of
    these cannot be struck out: in a line that is no JSON, or with escapes, wherever the name
    of one stands. Reads the CTE personal_names, of one row.
#}
{% macro shown_payload(payload) -%}
{%- set names = "(select personal_names.pattern from personal_names)" -%}
case
    when {{ is_json(payload) }} then case
        when {{ names }} is null then {{ without_ip(payload) }}
        else coalesce(
            {{ without_personal(without_ip(compact_json(payload)), names) }}, '(personal)'
        )
    end
    when
        {{ names }} is not null and (
            {{ has_match(payload, names) }} or contains({{ payload }}, concat(chr(92), 'u'))
        )
        then '(personal)'
    else {{ without_addresses(payload) }}
end
{%- endmacro %}
