{# With dashes and seconds as well. What the casts would read but DuckDB does not is null. #}
{% macro spark__iso_time(text) -%}
{{ bound(
    'iso', "regexp_replace(regexp_replace(regexp_replace(replace(
        case when " ~ text ~ " rlike '[0-9] ?[Zz]?$' then upper(" ~ text ~ ")
            else " ~ text ~ " end,
        ',', '.'), r' (?=(Z|[+-][0-9:]+)\z)', ''),
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
