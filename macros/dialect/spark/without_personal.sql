{# Possessive, as in without_ip(); no lambda, as `names` may be a subquery. #}
{% macro spark__without_personal(text, names) -%}
{%- set struck -%}
regexp_replace(
    regexp_replace(
        {{ text }}, concat(
            '("(?:', {{ names }},
            r')" *: *)(?:"(?:[^"\\]|\\[^\n])*+"|[^\]\s\["{},][^\]\["{},]*)'
        ), '$1"(personal)"'
    ),
    concat(
        '("(?:key|name)" *: *"(?:', {{ names }}, r')" *, *"value" *: *)(?:"(?:[^"\\]|\\[^\n])*+"',
        r'|[{](?:[^{}"]|"(?:[^"\\]|\\[^\n])*+")*+[}]|\[[^\[\]{}]*+\]|[^\]\s\["{},][^\]\["{},]*)'
    ), '$1"(personal)"'
)
{%- endset -%}
case
    when not regexp_like({{ struck }}, {{ remaining_personal(names) }})
        then {{ struck }}
end
{%- endmacro %}
