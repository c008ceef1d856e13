{# ln(1 + x), exact to double precision also where x is small. #}
{% macro log_of_one_plus(small) %}
    {{- return(adapter.dispatch("log_of_one_plus")(small)) -}}
{% endmacro %}

{# What rounding does to 1 + x is divided out (Goldberg 1991, theorem 4). #}
{% macro duckdb__log_of_one_plus(small) -%}
case
    when 1 + ({{ small }}) = 1 then {{ small }}
    when ({{ small }}) < 1
        then ln(1 + ({{ small }})) * ({{ small }}) / ((1 + ({{ small }})) - 1)
    else ln(1 + ({{ small }}))
end
{%- endmacro %}
