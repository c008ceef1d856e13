{#
    The exact whole number that a number's text stands for (1.0 and 1e3 are whole); null
    where it is none, or has more than 38 digits.
#}
{% macro whole_number(text) %}
    {{- return(adapter.dispatch("whole_number")(text)) -}}
{% endmacro %}

{% macro duckdb__whole_number(text) -%}
case
    when regexp_matches({{ text }}, '^-?[0-9]+$') then try_cast({{ text }} as hugeint)
    when try_cast({{ text }} as double) = floor(try_cast({{ text }} as double))
        then try_cast(try_cast({{ text }} as double) as hugeint)
end
{%- endmacro %}
