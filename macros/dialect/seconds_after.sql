{# A moment so many seconds after another; null where it is not said how many. #}
{% macro seconds_after(moment, seconds) %}
    {{- return(adapter.dispatch("seconds_after")(moment, seconds)) -}}
{% endmacro %}

{% macro duckdb__seconds_after(moment, seconds) -%}
{{ moment }} + to_microseconds(cast({{ seconds }} * 1000000 as bigint))
{%- endmacro %}
