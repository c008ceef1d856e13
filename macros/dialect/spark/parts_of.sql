{% macro spark__parts_of(text) -%}
explode(split({{ text }}, '[|]'))
{%- endmacro %}
