{% macro spark__first_moment(moments, since) -%}
get(filter(
    {{ moments }}, moment -> moment % 64 = 1 and moment div 64 >= {{ since }}
), 0) div 64
{%- endmacro %}
