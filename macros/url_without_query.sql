{# A URL up to its query and fragment, without a user and a password. #}
{% macro url_without_query(url) -%}
{{ matched_part(url, "'^[a-zA-Z][a-zA-Z0-9+.-]*://'", 0) }} || {{ matched_part(
    url, "'^(?:[a-zA-Z][a-zA-Z0-9+.-]*://(?:[^/?#@]*@)?)?([^?#]*)'", 1
) }}
{%- endmacro %}
