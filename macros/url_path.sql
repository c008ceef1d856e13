{# The path of an absolute URL, / where it has none; null for anything else. #}
{% macro url_path(url) -%}
case
    when contains({{ url }}, '://') or {{ begins_with(url, "'//'") }}
        then coalesce(
            nullif({{ matched_part(
                url, "'^(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//[^/?#]*(/[^?#]*)'", 1
            ) }}, ''),
            case when {{ has_match(url, "'^([a-zA-Z][a-zA-Z0-9+.-]*:)?//'") }} then '/' end
        )
end
{%- endmacro %}
