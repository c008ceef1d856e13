{# A list of moments, those of step 1 only from one until before another. #}
{% macro moments_entered(moments, since, until) %}
    {{- return(adapter.dispatch("moments_entered")(moments, since, until)) -}}
{% endmacro %}

{% macro duckdb__moments_entered(moments, since, until) -%}
list_filter({{ moments }}, lambda moment:
    moment & 63 <> 1
    or (moment >> 6 >= {{ since }} and moment >> 6 < {{ until }})
)
{%- endmacro %}
