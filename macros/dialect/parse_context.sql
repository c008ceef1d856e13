{# A struct of the values that collectors keep at known places of their context. #}
{% macro parse_context(context) %}
    {{- return(adapter.dispatch("parse_context")(context)) -}}
{% endmacro %}

{% macro duckdb__parse_context(context) -%}
json_transform({{ context }}, '{
    "page": {"url": "VARCHAR", "path": "VARCHAR", "title": "VARCHAR",
        "referrer": "VARCHAR", "initial_referrer": "VARCHAR"},
    "campaign": {"source": "VARCHAR", "medium": "VARCHAR", "name": "VARCHAR",
        "term": "VARCHAR", "content": "VARCHAR"},
    "device": {"type": "VARCHAR"}, "os": {"name": "VARCHAR"},
    "browser": {"name": "VARCHAR"}, "library": {"name": "VARCHAR"},
    "app": {"version": "VARCHAR"}, "location": {"country": "VARCHAR",
        "region": "VARCHAR", "city": "VARCHAR"},
    "userAgent": "VARCHAR", "user_agent": "VARCHAR", "ip": "VARCHAR",
    "consent": "JSON", "consentManagement": "JSON",
    "locale": "VARCHAR", "groupId": "VARCHAR", "sessionId": "VARCHAR", "channel": "VARCHAR",
    "platform": "VARCHAR"
}')
{%- endmacro %}
