{#
    The text of a JSON object, of which every value is null whose key says that it is an IP address
    (ip, $ip, ip_address, clientIp, user_ipaddress, x-forwarded-for), however deep it
    lies, also where key and value are named so. An escaped quotation mark never ends a
    key, so that texts stay as they are.
    The key that nearly all collectors use goes first, and only what still has one like it
    is searched by the whole pattern, which is slow.
#}
{% macro without_ip(text) %}
    {{- return(adapter.dispatch("without_ip")(text)) -}}
{% endmacro %}

{% macro duckdb__without_ip(text) -%}
{%- set key = ip_key_pattern() -%}
{%- set value = '(?:"(?:[^"\\\\]|\\\\.)*"|[[][[]?[^][{}]*[]]?[]]|[{][^{}]*[}])' -%}
list_transform(
    [regexp_replace({{ text }}, '"ip":"[0-9A-Fa-f.:]*"', '"ip":null', 'g')],
    lambda text: case
        when regexp_matches(
            text, '(?i)(?:ips?|[46]|addr[a-z]*|for|list)" *(?:: *["[{]|, *"value")'
        ) then regexp_replace(
            text, '(?i)((?:"(?:key|name)" *: *{{ key }} *, *"value"|{{ key }}) *: *){{ value }}',
            '\1null', 'g'
        )
        else text
    end
)[1]
{%- endmacro %}
