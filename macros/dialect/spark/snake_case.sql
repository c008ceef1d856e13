{# Java has rules of its own for the small letters of these two. #}
{% macro spark__snake_case(name, keeps) -%}
coalesce(
    nullif(trim(both '_' from lower(translate(
        regexp_replace(regexp_replace(regexp_replace(
            {{ name }},
            r'([\p{Ll}\p{N}])(\p{Lu})', '$1_$2'),
            r'(\p{Lu})(\p{Lu}\p{Ll})', '$1_$2'),
            r'[^\p{L}\p{M}\p{N}{{ keeps }}]+', '_'),
        'Σİ', 'σi'
    ))), ''),
    trim({{ name }})
)
{%- endmacro %}
