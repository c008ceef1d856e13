{# A pattern for a personal value that without_personal could not strike out. #}
{% macro remaining_personal(names) -%}
concat(
    '"(?:', {{ names }}, ')" *: *[^" ]|[', chr(92), chr(92), ']"(?:', {{ names }},
    ')[', chr(92), chr(92), ']+"',
    '|"(?:key|name)" *: *"(?:', {{ names }},
    ')" *, *(?:"value" *: *[^" ]|"[^{}]*, *"value" *:)',
    '|"value" *:(?:[^{}]*| *[{][^{}]*[}] *), *"(?:key|name)" *: *"(?:', {{ names }}, ')"'
)
{%- endmacro %}
