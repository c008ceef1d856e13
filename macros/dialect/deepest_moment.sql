{#
    The moment of a list at which the most steps were reached; of a state that is one
    number so many bits are for each step but the last (see create_folds).
#}
{% macro deepest_moment(moments, window, bits, last) %}
    {{- return(adapter.dispatch("deepest_moment")(moments, window, bits, last)) -}}
{% endmacro %}

{% macro duckdb__deepest_moment(moments, window, bits, last) -%}
{{ fold("deepest_moment") }}({{ moments }}, {{ window }}, {{ bits }}, {{ last }})
{%- endmacro %}
