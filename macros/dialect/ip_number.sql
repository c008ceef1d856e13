{# An IP address as a number of 128 bits, one of version 4 as it stands in version 6
   (::ffff:0:0/96); null for what is no address. #}
{% macro ip_number(ip) %}
    {{- return(adapter.dispatch("ip_number")(ip)) -}}
{% endmacro %}

{% macro duckdb__ip_number(ip) -%}
cast('0x' || case
    when regexp_matches({{ ip }}, '{{ ipv4_parts_pattern() }}')
        then concat('ffff', array_to_string(list_transform(
            regexp_extract_all(
                regexp_extract({{ ip }}, '([0-9]+[.][0-9.]+)', 1), '[0-9]+'
            ), lambda number: right(concat('0', to_hex(cast(number as integer))), 2)
        ), ''))
    when contains({{ ip }}, ':')
        then array_to_string(list_transform(
            string_split({{ ipv6_groups(ip) }}, ':'),
            lambda number: right(concat('000', number), 4)
        ), '')
end as uhugeint)
{%- endmacro %}
