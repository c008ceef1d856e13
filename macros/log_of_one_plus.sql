{# ln(1 + x), exact to double precision also where x is tiny. #}
{% macro log_of_one_plus(small) -%}
case
    when abs({{ small }}) < 1e-5
        then ({{ small }}) * (1 - ({{ small }}) / 2 + ({{ small }}) * ({{ small }}) / 3)
    else ln(1 + ({{ small }}))
end
{%- endmacro %}
