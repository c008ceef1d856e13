{#
    Spark only. An expression in which a name stands for a value that is found out once,
    however often the name is written.
#}
{% macro bound(name, value, expression) -%}
element_at(transform(array({{ value }}), {{ name }} -> {{ expression }}), 1)
{%- endmacro %}
