{# The order may only ascend: structs are sorted by their fields, one after another. #}
{% macro spark__list_in_order(value, order) -%}
transform(
    array_sort(nullif(array_agg(struct({{ order }}, {{ value }} as listed)), array())),
    element -> element.listed
)
{%- endmacro %}
