{# The eight groups of an IPv6 address without :: and leading zeros; null for what is none.
   An IPv4 address at its end counts as zeros. #}
{% macro ipv6_groups(ip) %}
    {{- return(adapter.dispatch("ipv6_groups")(ip)) -}}
{% endmacro %}

{% macro duckdb__ipv6_groups(ip) -%}
list_transform(
    list_transform(
        [regexp_replace(lower(regexp_extract(
            {{ ip }},
            '^[[]?((?:[0-9a-fA-F]|::)(?:[0-9a-fA-F:.]*(?:[0-9a-fA-F]|::))?)(?:%[^]]*)?(?:[]](?::[0-9]+)?)?$',
            1
        )), '[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$', '0:0')],
        lambda address: trim(replace(replace(address, ':::', '?'), '::', concat(':', repeat(
            '0:', greatest(8 - len(regexp_extract_all(address, '[0-9a-f]+')), 1)
        ))), ':')
    ),
    lambda address: case
        when regexp_full_match(address, '([0-9a-f]{1,4}:){7}[0-9a-f]{1,4}')
            then array_to_string(list_transform(string_split(address, ':'),
                lambda number: coalesce(nullif(ltrim(number, '0'), ''), '0')), ':')
    end
)[1]
{%- endmacro %}
