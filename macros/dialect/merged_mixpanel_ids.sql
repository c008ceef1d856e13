{# The two ids that a merge of Mixpanel's names, without the mark of a device. #}
{% macro merged_mixpanel_ids(ids) %}
    {{- return(adapter.dispatch("merged_mixpanel_ids")(ids)) -}}
{% endmacro %}

{% macro duckdb__merged_mixpanel_ids(ids) -%}
list_transform({{ ids }}, lambda id: regexp_replace(id, '^[$]device:', ''))
{%- endmacro %}
