{# Text to a UTC timestamp, or null: ISO 8601 with any offset there is (none means UTC) and
   years of four digits, or unix seconds, milliseconds or microseconds, told by their
   size. #}
{% macro parse_timestamp(text) %}
    {{- return(adapter.dispatch("parse_timestamp")(text)) -}}
{% endmacro %}

{% macro duckdb__parse_timestamp(text) -%}
case when {{ text }} is not null then coalesce(
    case when {{ text }} like '____-__-__T__:__:%Z' and not contains({{ text }}, ' ')
        then try_cast({{ text }} as timestamp) end,
    case when ({{ text }} like '____-%' or ltrim({{ text }}) like '____-%')
        and not regexp_matches({{ text }}, '{{ impossible_offset() }}')
        then make_timestamp(epoch_us(coalesce(try_cast({{ text }} as timestamptz),
            try_cast({{ iso_time(text) }} as timestamptz)))) end,
    try(make_timestamp(cast(try_cast({{ text }} as decimal(30, 6)) * case
        when abs(try_cast({{ text }} as double)) < 1e11 then 1000000
        when abs(try_cast({{ text }} as double)) < 1e14 then 1000
        when abs(try_cast({{ text }} as double)) < 2.5e17 then 1
    end as bigint))),
    try_strptime(upper({{ text }}),
        ['%Y%m%dT%H%M%SZ', '%Y%m%dT%H%M%S.%fZ', '%Y%m%dT%H%M%S']),
    try_strptime({{ text }}, '%Y%m%dT%H%M%S%z') at time zone 'UTC'
) end
{%- endmacro %}
