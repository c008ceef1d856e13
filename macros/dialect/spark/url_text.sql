{# Java decodes what is no UTF-8 to U+FFFD, and stumbles over a % that escapes nothing. #}
{% macro spark__url_text(text) -%}
{{ bound(
    'decoded',
    "url_decode(regexp_replace(
        replace(" ~ text ~ ", '+', ' '), '%(?![0-9A-Fa-f]{2})', '%25'
    ))",
    "case
        when regexp_count(decoded, '\uFFFD')
            > regexp_count(" ~ text ~ ", '(?i)%EF%BF%BD|\uFFFD') then " ~ text ~ "
        else decoded
    end"
) }}
{%- endmacro %}
