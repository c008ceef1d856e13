{# How many addresses a network holds (192.0.2.0/24, 2001:db8::/32); one without a
   length is one address. #}
{% macro network_size(network) %}
    {{- return(adapter.dispatch("network_size")(network)) -}}
{% endmacro %}

{% macro duckdb__network_size(network) -%}
cast(pow(2, least(127, coalesce(
    case when contains({{ network }}, ':') then 128 else 32 end
    - try_cast(nullif(split_part({{ network }}, '/', 2), '') as integer),
    0
))) as uhugeint)
{%- endmacro %}
