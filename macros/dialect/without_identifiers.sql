{#
    A JSON object of properties without what tells who somebody is: the keys of
    identifying_names, null of whatever else fits identifying_key_pattern, however deep it
    lies, and what follows the path of any URL.
#}
{% macro without_identifiers(properties) %}
    {{- return(adapter.dispatch("without_identifiers")(properties)) -}}
{% endmacro %}

{% macro duckdb__without_identifiers(properties) -%}
{{ without_keys(
    "regexp_replace(regexp_replace(" ~ properties
    ~ ", '(\"(?:[a-zA-Z][a-zA-Z0-9+.-]*:/)?/[^\"?#]*)[?#](?:[^\"\\\\]|\\\\.)*', "
    ~ "'\\1', 'g'), '(?i)(" ~ identifying_key_pattern() ~ ")(?:\"(?:[^\"\\\\]|\\\\.)*\""
    ~ "|-?[0-9][^],}]*|[[][{]?[^][{}]*[}]?[]]|[{][^{}]*[}])', '\\1null', 'g')",
    identifying_names()
) }}
{%- endmacro %}
