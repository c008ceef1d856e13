{# Possessive, as Java keeps a place to come back to for each turn of a group. #}
{% macro spark__without_ip(text) -%}
{%- set key = '"(?:(?:[^"]*[^a-z"]|user|client|remote|device|source|server)?ip'
    ~ '(?:[ _-]?addr(?:ess(?:es)?)?|s|[ _-]?v?[46])?'
    ~ '|(?:[^"]*[^a-z"]|x)?forwarded[ _-]?for|remote[ _-]?addr(?:ess)?)" *: *' -%}
{%- set value = '(?:"(?:[^"\\\\]|\\\\[^\\n])*+"|\\[(?: *"[^"]*" *,?)*+ *\\])' -%}
{{ bound(
    'shorter',
    "regexp_replace(" ~ text ~ ", '\"ip\":\"[0-9A-Fa-f.:]*\"', '\"ip\":null')",
    "case
        when regexp_like(shorter, r'(?iu)(?:ips?|[46]|addr[a-z]*|for)\" *: *[\"\\[]')
            then regexp_replace(shorter, r'(?iu)(" ~ key ~ ")" ~ value ~ "', '$1null')
        else shorter
    end"
) }}
{%- endmacro %}
