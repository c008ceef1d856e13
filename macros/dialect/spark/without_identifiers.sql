{% macro spark__without_identifiers(properties) -%}
{{ without_keys(
    "regexp_replace(regexp_replace(" ~ properties
    ~ ", r'(\"(?:[a-zA-Z][a-zA-Z0-9+.-]*:/)?/[^\"?#]*)[?#](?:[^\"\\\\]|\\\\[^\\n])*+', "
    ~ "'$1'), r'(?iu)(" ~ identifying_key_pattern() ~ ")(?:\"(?:[^\"\\\\]|\\\\[^\\n])*+\""
    ~ "|-?[0-9][^\\],}]*|\\[[{]?[^\\[\\]{}]*[}]?\\]|[{][^{}]*[}])', '$1null')",
    identifying_names()
) }}
{%- endmacro %}
