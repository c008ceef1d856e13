{#
    Of the moments of a session, in order, those at which it is cut, so that no part is
    longer than a span: the first that lies further from the last cut (see create_folds).
#}
{% macro moments_cut(moments, span) %}
    {{- return(adapter.dispatch("moments_cut")(moments, span)) -}}
{% endmacro %}

{% macro duckdb__moments_cut(moments, span) -%}
{{ fold("moments_cut") }}({{ moments }}, {{ span }})
{%- endmacro %}
