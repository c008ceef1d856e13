{# Two JSON objects as one, the second's keys winning; either may be null. #}
{% macro merge_objects(first, second) %}
    {{- return(adapter.dispatch("merge_objects")(first, second)) -}}
{% endmacro %}

{% macro duckdb__merge_objects(first, second) -%}
case
    when {{ first }} is null then {{ second }}
    when {{ second }} is null then {{ first }}
    when left({{ second }}, 1) = '{' then json_merge_patch({{ first }}, {{ second }})
    else {{ second }}
end
{%- endmacro %}
