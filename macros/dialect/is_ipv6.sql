{#
    Whether a text is an IPv6 address (RFC 4291): eight groups, or fewer with :: once,
    of which the last two may be written as an IPv4 address.
#}
{% macro is_ipv6(text) %}
    {{- return(adapter.dispatch("is_ipv6")(text)) -}}
{% endmacro %}

{% macro duckdb__is_ipv6(text) -%}
{%- set groups -%}
regexp_replace(regexp_replace({{ text }}, ':{{ ipv4_address_pattern() }}$', ':0:0'),
    '[0-9A-Fa-f]{1,4}', 'x', 'g')
{%- endset -%}
({{ groups }} = 'x:x:x:x:x:x:x:x' or (
    regexp_matches({{ groups }}, '^(x(:x)*)?::(x(:x)*)?$')
    and length(replace({{ groups }}, ':', '')) <= 7
))
{%- endmacro %}
