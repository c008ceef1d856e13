{% macro spark__parse_timestamp(text) -%}
coalesce(
    case when {{ text }} like '____-__-__T__:__:%Z' and not contains({{ text }}, ' ')
        then try_cast({{ text }} as timestamp_ntz) end,
    case when {{ text }} rlike '^ *[0-9]{4}([0-9]{4}T|-)'
        then cast(try_cast({{ iso_time(text) }} as timestamp_ltz) as timestamp_ntz) end,
    cast(timestamp_micros(cast(round(try_cast({{ text }} as decimal(30, 6)) * case
        when abs(try_cast({{ text }} as double)) < 1e11 then 1000000
        when abs(try_cast({{ text }} as double)) < 1e14 then 1000
        when abs(try_cast({{ text }} as double)) < 2.5e17 then 1
    end) as bigint)) as timestamp_ntz)
)
{%- endmacro %}
