{#
    Spark only. A time of ISO 8601 as the casts of Spark read it: with dashes, capitals
    and seconds. What they would read but DuckDB does not is null.
#}
{% macro iso_time(text) -%}
{{ bound(
    'iso', "regexp_replace(regexp_replace(
        case when " ~ text ~ " ilike '%z' then upper(" ~ text ~ ") else " ~ text ~ " end,
        '^([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})',
        '$1-$2-$3T$4:$5:$6'
    ), '(?<=[T ][0-9]{2}:[0-9]{2})(?=[Z+-])', ':00')",
    "case when iso rlike concat(
        '^ *[0-9]{4}(-[0-9]{1,2}){2}(', r'\z|[T ][0-9]{1,2}:[0-9]{1,2}',
        '(:[0-9]{1,2}([.][0-9]*)?)?',
        '(Z|[+-][0-9]{2}(:?[0-9]{2}(:[0-9]{2})?)?| [A-Za-z_/]{2,})? *', r'\z)'
    ) then iso end"
) }}
{%- endmacro %}
