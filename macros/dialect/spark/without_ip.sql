{# Possessive, as Java keeps a place to come back to for each turn of a group. #}
{% macro spark__without_ip(text) -%}
{%- set key = ip_key_pattern() -%}
{%- set value = '(?:"(?:[^"\\\\]|\\\\[^\\n])*+"|\\[\\[?[^\\]\\[{}]*+\\]?\\]|[{][^{}]*+[}])' -%}
{{ bound(
    'shorter',
    "regexp_replace(" ~ text ~ ", '\"ip\":\"[0-9A-Fa-f.:]*\"', '\"ip\":null')",
    "case
        when regexp_like(
            shorter,
            r'(?iu)(?:ips?|[46]|addr[a-z]*|for|list)\" *(?:: *[\"\[{]|, *\"value\")'
        ) then regexp_replace(
            shorter, r'(?iu)((?:\"(?:key|name)\" *: *" ~ key ~ " *, *\"value\"|" ~ key ~ ") *: *)"
            ~ value ~ "', '$1null'
        )
        else shorter
    end"
) }}
{%- endmacro %}
