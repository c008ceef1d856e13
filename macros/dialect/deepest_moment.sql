{# The moment of a list at which the most steps were reached (see create_folds). #}
{% macro deepest_moment(moments, window) %}
    {{- return(adapter.dispatch("deepest_moment")(moments, window)) -}}
{% endmacro %}

{% macro duckdb__deepest_moment(moments, window) -%}
{{ fold("deepest_moment") }}({{ moments }}, {{ window }})
{%- endmacro %}
