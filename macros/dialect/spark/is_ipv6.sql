{% macro spark__is_ipv6(text) -%}
{{ bound(
    'groups',
    "regexp_replace(regexp_replace("
    ~ text ~ ", r':" ~ ipv4_address_pattern() ~ "\z', ':0:0'), '[0-9A-Fa-f]{1,4}', 'x')",
    "(groups = 'x:x:x:x:x:x:x:x' or (
        regexp_like(groups, r'\A(x(:x)*)?::(x(:x)*)?\z')
        and length(replace(groups, ':', '')) <= 7
    ))"
) }}
{%- endmacro %}
