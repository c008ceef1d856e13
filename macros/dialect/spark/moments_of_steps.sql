{% macro spark__moments_of_steps(moments, places) -%}
{%- set place = "get(" ~ places ~ ", cast(moment % 1024 as integer) - 1)" -%}
transform(
    filter({{ moments }}, moment -> {{ place }} > 0),
    moment -> moment div 1024 * 64 + {{ place }}
)
{%- endmacro %}
