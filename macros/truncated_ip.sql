{# An IP address cut to its network: /24 of IPv4, /48 of IPv6 (the first three groups). #}
{% macro truncated_ip(ip) -%}
case
    when contains({{ ip }}, ':') then concat(
        regexp_extract(split_part({{ ip }}, '::', 1), '^([^:]*(:[^:]+)?(:[^:]+)?)', 1), '::'
    )
    when contains({{ ip }}, '.') then concat(
        regexp_extract({{ ip }}, '^([^.]*[.][^.]*[.][^.]*[.])', 1), '0'
    )
end
{%- endmacro %}
