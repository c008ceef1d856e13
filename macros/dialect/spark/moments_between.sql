{% macro spark__moments_between(moments, since, until) -%}
filter({{ moments }}, moment -> moment div 64 between {{ since }} and {{ until }})
{%- endmacro %}
