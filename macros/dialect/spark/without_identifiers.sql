{% macro spark__without_identifiers(properties) -%}
{%- set keys = identifying_names() | join("|") | replace("$", "[$]") -%}
{{ without_keys(
    "regexp_replace(regexp_replace(" ~ properties
    ~ ", r'(\"(?:[a-zA-Z][a-zA-Z0-9+.-]*:/)?/[^\"?#]*)[?#](?:[^\"\\\\]|\\\\[^\\n])*+', "
    ~ "'$1'), r'(\"(?:" ~ keys ~ ")\":)"
    ~ "(?:\"(?:[^\"\\\\]|\\\\[^\\n])*+\"|-?[0-9][^\\],}]*|\\[[^\\[\\]{}]*\\])', '$1null')",
    identifying_names()
) }}
{%- endmacro %}
