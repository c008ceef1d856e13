{#
    Whether one number is less than another, both as text. Whole numbers that a double
    cannot tell apart are compared exactly.
#}
{% macro is_below(first, second) -%}
(try_cast({{ first }} as double) < try_cast({{ second }} as double) or (
    try_cast({{ first }} as double) = try_cast({{ second }} as double)
    and coalesce({{ whole_number(first) }} < {{ whole_number(second) }}, false)
))
{%- endmacro %}
