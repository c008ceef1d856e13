{# A whole row of a seed, whose cells are texts, as a JSON object. #}
{% macro seed_row_as_json(alias) %}
    {{- return(adapter.dispatch("seed_row_as_json")(alias)) -}}
{% endmacro %}

{% macro duckdb__seed_row_as_json(alias) -%}
to_json({{ alias }})
{%- endmacro %}
