{# Whether an IP address lies in a network (192.0.2.0/24, 2001:db8::/32); a network
   without a length is one address. #}
{% macro is_in_network(ip, network) %}
    {{- return(adapter.dispatch("is_in_network")(ip, network)) -}}
{% endmacro %}

{% macro duckdb__is_in_network(ip, network) -%}
{%- set block -%}
cast(pow(2, least(127, case when contains({{ network }}, ':') then 128 else 32 end
    - coalesce(
        try_cast(nullif(split_part({{ network }}, '/', 2), '') as integer),
        case when contains({{ network }}, ':') then 128 else 32 end
    ))) as uhugeint)
{%- endset -%}
coalesce(
    {{ ip_number(ip) }} // {{ block }}
    = {{ ip_number("split_part(" ~ network ~ ", '/', 1)") }} // {{ block }},
    false
)
{%- endmacro %}
