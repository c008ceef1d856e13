{# What is wrong with a cell that should be a number of some kind. #}
{% macro number_fault(format, value) -%}
{%- set number = "try_cast(" ~ numeric_text(value) ~ " as double)" -%}
{%- set ranges = [
    ("positive_number", "1e-9", "1e9", "above 0"),
    ("share", "1e-9", "1", "above 0 and at most 1"),
    ("percentile", "0.5", "100", "such as 99, or as 0.99"),
    ("confidence", "0.5", "0.999999", "from 0.5 to 0.999999, such as 0.95")
] -%}
case {{ format }}
    when 'number' then case
        when not coalesce(abs({{ number }}) <= 1.7e308, false) then 'expected a number' end
    {%- for name, least in [("positive_integer", 1), ("whole_number", 0)] %}
    when '{{ name }}' then case
        when not coalesce({{ number }}, -1) between {{ least }} and 1e9 or {{ number }} % 1 <> 0
            then 'expected a whole number of at least {{ least }}'
    end
    {%- endfor %}{% for name, least, most, words in ranges %}
    when '{{ name }}' then case
        when not coalesce({{ number }}, 0) between {{ least }} and {{ most }}
            then 'expected a number {{ words }}'
    end
    {%- endfor %}
end
{%- endmacro %}
