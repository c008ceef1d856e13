{# An IP address cut to its network: /24 of IPv4, /48 of IPv6. #}
{% macro truncated_ip(ip) -%}
case
    when contains({{ ip }}, ':')
        then concat(
            split_part(split_part({{ ip }}, '::', 1), ':', 1), ':',
            split_part(split_part({{ ip }}, '::', 1), ':', 2), ':',
            split_part(split_part({{ ip }}, '::', 1), ':', 3), '::'
        )
    when contains({{ ip }}, '.')
        then regexp_replace({{ ip }}, '[0-9]+$', '0')
end
{%- endmacro %}
