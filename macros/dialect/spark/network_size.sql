{# As the power of two that it is. #}
{% macro spark__network_size(network) -%}
least(127, coalesce(
    case when contains({{ network }}, ':') then 128 else 32 end
    - try_cast(nullif(split_part({{ network }}, '/', 2), '') as integer),
    0
))
{%- endmacro %}
