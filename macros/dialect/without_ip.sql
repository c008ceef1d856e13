{#
    A JSON text, of which every value is null whose key says that it is an IP address (see
    ip_key_pattern), however deep it lies, also where key and value are named so. An
    escaped quotation mark never ends a key, so that texts stay as they are. The key that
    nearly all use goes first; only what still has one like it is searched as a whole.
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
