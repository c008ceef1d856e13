{# Whether a text matches the pattern of a rule's cell; an empty cell matches everything. #}
{% macro matches_rule(text, pattern) -%}
(nullif({{ pattern }}, '') is null or {{ has_match(text, pattern) }})
{%- endmacro %}
