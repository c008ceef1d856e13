{# A time that a clock of some zone showed, told as if it were UTC, in true UTC. #}
{% macro utc_of_zone(moment, zone) %}
    {{- return(adapter.dispatch("utc_of_zone")(moment, zone)) -}}
{% endmacro %}

{% macro duckdb__utc_of_zone(moment, zone) -%}
({{ moment }} at time zone '{{ zone }}' at time zone 'UTC')
{%- endmacro %}
