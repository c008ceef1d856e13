{# Whether a property is one that is copied, as it is, into a column of events. #}
{% macro is_copied_property(name) -%}
(
    {{ is_lifted_column(name) }}
    or {{ name }} in (
        'url', 'path', 'title', 'current_url', '$current_url', 'page_location',
        'page_referrer', '$referrer', 'current_page_title', '$title', 'screen_name',
        '$screen_name', '$city', '$region', 'mp_country_code', '$ip', 'ga_session_id',
        '$session_id', 'session_id', '$revenue', 'value', 'total', 'order_total', 'amount',
        'price', 'quantity', '$price', '$quantity', '$currency',
        '{{ own_click_parameters() | join("', '") }}'
    )
)
{%- endmacro %}
