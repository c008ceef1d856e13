{#
    Whether one number is less than another, both as text. Whole numbers that a double
    cannot tell apart are compared exactly.
#}
{% macro is_below(first, second) -%}
{%- set less, more = numeric_text(first), numeric_text(second) -%}
(try_cast({{ less }} as double) < try_cast({{ more }} as double) or (
    try_cast({{ less }} as double) = try_cast({{ more }} as double)
    and coalesce({{ whole_number(less) }} < {{ whole_number(more) }}, false)
))
{%- endmacro %}
