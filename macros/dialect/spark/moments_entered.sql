{% macro spark__moments_entered(moments, since, until) -%}
filter({{ moments }}, moment ->
    moment % 64 <> 1
    or (moment div 64 >= {{ since }} and moment div 64 < {{ until }})
)
{%- endmacro %}
