{# An IP address as a number of 128 bits, one of version 4 as it stands in version 6
   (::ffff:0:0/96); null for what is no address. #}
{% macro ip_number(ip) %}
    {{- return(adapter.dispatch("ip_number")(ip)) -}}
{% endmacro %}

{% macro duckdb__ip_number(ip) -%}
case
    when regexp_matches({{ ip }}, '{{ ipv4_parts_pattern() }}')
        then 281470681743360::uhugeint + list_reduce(
            list_transform(
                regexp_extract_all(replace(lower({{ ip }}), '::ffff:', ''), '[0-9]+')[1:4],
                lambda number: number::uhugeint
            ), lambda total, number: total * 256 + number
        )
    when contains({{ ip }}, ':') then list_reduce(
        list_transform(
            string_split({{ ipv6_groups(ip) }}, ':'),
            lambda number: concat('0x', number)::uhugeint
        ), lambda total, number: total * 65536 + number
    )
end
{%- endmacro %}
