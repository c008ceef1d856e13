{# Whether a vendor's event says that two ids are one person's. #}
{% macro merges_ids(event) -%}
{{ event }} in ('$create_alias', '$merge_dangerously')
{%- endmacro %}
