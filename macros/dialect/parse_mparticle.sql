{# A struct of what an mParticle batch says, with the list of its events. #}
{% macro parse_mparticle(line) %}
    {{- return(adapter.dispatch("parse_mparticle")(line)) -}}
{% endmacro %}

{% macro duckdb__parse_mparticle(line) -%}
json_transform({{ line }}, '{
    "mpid": "VARCHAR", "source_request_id": "VARCHAR", "environment": "VARCHAR",
    "ip": "VARCHAR", "user_attributes": "JSON", "consent_state": "JSON",
    "timestamp_unixtime_ms": "VARCHAR",
    "user_identities": {"customer_id": "VARCHAR", "email": "VARCHAR",
        "device_application_stamp": "VARCHAR"},
    "device_info": {"platform": "VARCHAR", "operating_system": "VARCHAR",
        "http_header_user_agent": "VARCHAR", "locale_language": "VARCHAR",
        "device_uuid": "VARCHAR", "ios_advertising_id": "VARCHAR"},
    "application_info": {"application_version": "VARCHAR"},
    "events": ["JSON"]
}')
{%- endmacro %}
