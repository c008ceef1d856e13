{# A time of ISO 8601 as the casts of the engine read it: with capitals, a point before
   fractions and no space before an offset. #}
{% macro iso_time(text) %}
    {{- return(adapter.dispatch("iso_time")(text)) -}}
{% endmacro %}

{% macro duckdb__iso_time(text) -%}
regexp_replace(replace(upper({{ text }}), ',', '.'), ' (Z|[+-][0-9:]+)$', '\1')
{%- endmacro %}
