{% macro spark__each_of(first, second) -%}
explode(array({{ first }}, {{ second }}))
{%- endmacro %}
