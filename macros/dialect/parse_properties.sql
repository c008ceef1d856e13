{# A struct of the properties that are lifted into columns of their own. #}
{% macro parse_properties(properties) %}
    {{- return(adapter.dispatch("parse_properties")(properties)) -}}
{% endmacro %}

{% macro duckdb__parse_properties(properties) -%}
json_transform({{ properties }}, '{
    "url": "VARCHAR", "page_url": "VARCHAR", "path": "VARCHAR", "page_path": "VARCHAR",
    "title": "VARCHAR", "page_title": "VARCHAR", "referrer": "VARCHAR",
    "utm_source": "VARCHAR", "utm_medium": "VARCHAR", "utm_campaign": "VARCHAR",
    "utm_term": "VARCHAR", "utm_content": "VARCHAR",
    "user_agent": "VARCHAR", "browser": "VARCHAR", "os": "VARCHAR",
    "device_type": "VARCHAR", "locale": "VARCHAR", "country": "VARCHAR",
    "region": "VARCHAR", "city": "VARCHAR", "app_version": "VARCHAR",
    "platform": "VARCHAR", "revenue": "VARCHAR", "value": "VARCHAR",
    "total": "VARCHAR", "order_total": "VARCHAR", "amount": "VARCHAR",
    "price": "VARCHAR", "quantity": "VARCHAR", "currency": "VARCHAR",
    "$revenue": "VARCHAR", "$price": "VARCHAR", "$quantity": "VARCHAR",
    "$currency": "VARCHAR",
    "{{ own_click_parameters() | join('": "VARCHAR", "') }}": "VARCHAR"
}')
{%- endmacro %}
