{#
    Spark only. A JSON object without its keys whose value is null, at any depth, as a
    merge by RFC 7396 leaves it; null where it is no JSON object.
#}
{% macro without_nulls(object) -%}
{{ unmarked_text(
    "regexp_replace(from_json(" ~ marked_json("concat('{\"x\":', " ~ object ~ ", '}')")
    ~ ", 'map<string, string>')['Sx'], "
    ~ "',\"S[^\"]*+\":null|\"S[^\"]*+\":null,|\"S[^\"]*+\":null', '')"
) }}
{%- endmacro %}
