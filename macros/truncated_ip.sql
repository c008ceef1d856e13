{#
    The network of an IP address: /24 of version 4, also where it stands inside one of
    version 6 (::ffff:1.2.3.4), /48 of version 6. A port or brackets may stand with it;
    null for what is no address, since what is kept of anything else is a leak.
#}
{% macro truncated_ip(ip) -%}
{%- set number = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])" -%}
case
    when {{ has_match(ip, "'^(?:" ~ number ~ "[.]){3}" ~ number ~ "$'") }}
        then {{ matched_part(ip, "'^([0-9]+[.][0-9]+[.][0-9]+[.])'", 1) }} || '0'
    when contains({{ ip }}, ':') then coalesce(
        nullif({{ matched_part(ip, "'" ~ ipv4_parts_pattern() ~ "'", 1) }}, '') || '0',
        regexp_replace(
            {{ matched_part(ipv6_groups(ip), "'^([^:]*:[^:]*:[^:]*:)'", 1) }},
            '(^|:)(0:)+$', ':'
        ) || ':'
    )
end
{%- endmacro %}
