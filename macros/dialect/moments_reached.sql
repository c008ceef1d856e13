{# The moments of a list at which steps were reached from an entry on (see create_folds). #}
{% macro moments_reached(moments, entry, window) %}
    {{- return(adapter.dispatch("moments_reached")(moments, entry, window)) -}}
{% endmacro %}

{% macro duckdb__moments_reached(moments, entry, window) -%}
{{ fold("moments_reached") }}({{ moments }}, {{ entry }}, {{ window }})
{%- endmacro %}
