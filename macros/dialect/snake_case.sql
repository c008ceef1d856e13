{#
    A name in snake_case: camelCase split, runs of anything but letters and digits to
    one underscore, a leading dollar sign dropped, lower case. A name without any
    letter or digit stays as it is. Of other characters those stay that keeps lists.
#}
{% macro snake_case(name, keeps="") %}
    {{- return(adapter.dispatch("snake_case")(name, keeps)) -}}
{% endmacro %}

{% macro duckdb__snake_case(name, keeps) -%}
coalesce(
    nullif(trim(lower(regexp_replace(regexp_replace(regexp_replace(
        {{ name }},
        '([\p{Ll}\p{N}])(\p{Lu})', '\1_\2', 'g'),
        '(\p{Lu})(\p{Lu}\p{Ll})', '\1_\2', 'g'),
        '[^\p{L}\p{M}\p{N}{{ keeps }}]+', '_', 'g')), '_'), ''),
    trim({{ name }})
)
{%- endmacro %}
