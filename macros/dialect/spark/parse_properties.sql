{% macro spark__parse_properties(properties) -%}
{{ json_struct(properties, [
    'url', 'page_url', 'path', 'page_path', 'title', 'page_title', 'referrer',
    'utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content',
    'user_agent', 'browser', 'os', 'device_type',
    'locale', 'country', 'region', 'city', 'app_version', 'platform', 'revenue',
    'value', 'total', 'order_total', 'amount', 'price', 'quantity', 'currency',
    '$revenue', '$price', '$quantity', '$currency'
] + own_click_parameters()) }}
{%- endmacro %}
