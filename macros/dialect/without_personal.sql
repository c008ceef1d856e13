{# A JSON text in which values of the keys that a pattern names are '(personal)', also where
   key (or name) and value are named so; null where one cannot be struck out. #}
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
