{# A struct of what a Snowplow event says outside its own and its contexts' data. #}
{% macro parse_snowplow(line) %}
    {{- return(adapter.dispatch("parse_snowplow")(line)) -}}
{% endmacro %}

{% macro duckdb__parse_snowplow(line) -%}
json_transform({{ line }}, '{
    "event_id": "VARCHAR", "event_fingerprint": "VARCHAR", "event": "VARCHAR",
    "event_name": "VARCHAR", "platform": "VARCHAR", "collector_tstamp": "VARCHAR",
    "dvce_created_tstamp": "VARCHAR", "dvce_sent_tstamp": "VARCHAR",
    "derived_tstamp": "VARCHAR", "true_tstamp": "VARCHAR", "domain_userid": "VARCHAR",
    "network_userid": "VARCHAR", "user_id": "VARCHAR", "domain_sessionid": "VARCHAR",
    "page_url": "VARCHAR", "page_urlpath": "VARCHAR", "page_title": "VARCHAR",
    "page_referrer": "VARCHAR", "mkt_source": "VARCHAR", "mkt_medium": "VARCHAR",
    "mkt_campaign": "VARCHAR", "mkt_term": "VARCHAR", "mkt_content": "VARCHAR",
    "mkt_clickid": "VARCHAR", "useragent": "VARCHAR", "br_lang": "VARCHAR",
    "br_name": "VARCHAR", "br_family": "VARCHAR", "os_name": "VARCHAR",
    "os_family": "VARCHAR", "dvce_type": "VARCHAR", "geo_country": "VARCHAR",
    "geo_region": "VARCHAR", "geo_city": "VARCHAR", "user_ipaddress": "VARCHAR",
    "v_tracker": "VARCHAR", "app_id": "VARCHAR", "se_action": "VARCHAR",
    "tr_total": "VARCHAR", "tr_currency": "VARCHAR", "mkt_network": "VARCHAR",
    "contexts_com_snowplowanalytics_snowplow_client_session_1":
        [{"userId": "VARCHAR", "sessionId": "VARCHAR"}]
}')
{%- endmacro %}
