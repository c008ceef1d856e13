{% macro spark__url_host(url) -%}
nullif(regexp_replace(lower(coalesce(
    case
        when contains({{ url }}, '@') then nullif(regexp_extract(
            {{ url }},
            r'\A(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//[^/?#]*@(\[[^\]/?#]*\]|[^\[/?#:@]+)', 1
        ), '')
    end,
    regexp_extract(
        {{ url }}, r'\A(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//(\[[^\]/?#]*\]|[^\[/?#:]+)', 1
    )
)), '^www[.]', ''), '')
{%- endmacro %}
