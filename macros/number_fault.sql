{# What is wrong with a cell that should be a number of some kind. #}
{% macro number_fault(format, value) -%}
{%- set number = "try_cast(" ~ numeric_text(value) ~ " as double)" -%}
{%- set ranges = [
    ("positive_integer", "1", "1e9", "a whole number of at least 1"),
    ("whole_number", "0", "1e9", "a whole number of at least 0"),
    ("positive_number", "1e-9", "1e9", "a number above 0"),
    ("period_count", "1", "1e4", "a whole number from 1 to 10000"),
    ("period_number", "0", "1e4", "a whole number from 0 to 10000"),
    ("share", "1e-9", "1", "a number above 0 and at most 1"),
    ("percentile", "0.5", "100", "a number such as 99, or as 0.99"),
    ("confidence", "0.5", "0.999999", "a number from 0.5 to 0.999999, such as 0.95")
] -%}
case {{ format }}
    when 'number' then case when not coalesce(abs({{ number }}) <= 1.7e308, false)
        then 'expected a number' end
    {%- for name, least, most, words in ranges %}
    when '{{ name }}' then case
        when {{ number }} between 1000000001 and 1.7e308 and {{ most }} = 1e9
            then 'expected at most 1000000000'
        when not coalesce({{ number }}, -1) between {{ least }} and {{ most }}
            {{ "or " ~ number ~ " % 1 <> 0" if "whole" in words }} then 'expected {{ words }}'
    end {%- endfor %}
end
{%- endmacro %}
