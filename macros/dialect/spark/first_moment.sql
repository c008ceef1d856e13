{% macro spark__first_moment(moments) -%}
get(filter({{ moments }}, moment -> moment % 64 = 1), 0) div 64
{%- endmacro %}
