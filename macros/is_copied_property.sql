{# Whether a property is one that is copied, as it is, into a column of events. #}
{% macro is_copied_property(name) -%}
(
    {{ is_lifted_column(name) }}
    or {{ name }} in (
        'url', 'path', 'title', '$revenue', 'value', 'total', 'order_total', 'amount',
        'price', 'quantity', '$price', '$quantity', '$currency',
        '{{ own_click_parameters() | join("', '") }}'
    )
)
{%- endmacro %}
