{#
    A JSON text in which each value of the keys that a pattern names is '(personal)', also
    where a key (or name) and its value are named so, as GA4 does; null where one of them is
    no plain value, stands apart from its key, or lies in a text inside the text.
#}
{% macro without_personal(text, names) %}
    {{- return(adapter.dispatch("without_personal")(text, names)) -}}
{% endmacro %}

{% macro duckdb__without_personal(text, names) -%}
list_transform(
    [struct_pack(names := {{ names }}, text := regexp_replace(
        regexp_replace(
            {{ text }}, concat('("(?:', {{ names }}, ')" *: *)(?:"(?:[^"\\]|\\.)*"|[^]\s["{},][^]["{},]*)'),
            '\1"(personal)"', 'g'
        ),
        concat(
            '("(?:key|name)" *: *"(?:', {{ names }}, ')" *, *"value" *: *)(?:"(?:[^"\\]|\\.)*"',
            '|[{](?:[^{}"]|"(?:[^"\\]|\\.)*")*[}]|[[][^][{}]*[]]|[^]\s["{},][^]["{},]*)'
        ),
        '\1"(personal)"', 'g'
    ))],
    lambda struck: case
        when not regexp_matches(struck.text, {{ remaining_personal('struck.names') }})
            then struck.text
    end
)[1]
{%- endmacro %}
