{# A URL up to its query and fragment. #}
{% macro url_without_query(url) -%}
{{ matched_part(url, "'^[^?#]*'", 0) }}
{%- endmacro %}
