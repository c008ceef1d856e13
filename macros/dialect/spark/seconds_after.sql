{# rint, as a cast only cuts off what is less than a microsecond. #}
{% macro spark__seconds_after(moment, seconds) -%}
timestampadd(
    microsecond, cast(rint(cast({{ seconds }} as double) * 1000000) as bigint), {{ moment }}
)
{%- endmacro %}
