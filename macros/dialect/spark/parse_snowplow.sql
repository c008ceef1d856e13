{% macro spark__parse_snowplow(line) -%}
{{ json_struct(line, [
    'event_id', 'event_fingerprint', 'event', 'event_name', 'platform',
    'collector_tstamp', 'dvce_created_tstamp', 'dvce_sent_tstamp', 'derived_tstamp',
    'true_tstamp', 'domain_userid', 'network_userid', 'user_id', 'domain_sessionid',
    'page_url', 'page_urlpath', 'page_title', 'page_referrer', 'mkt_source',
    'mkt_medium', 'mkt_campaign', 'mkt_term', 'mkt_content', 'mkt_clickid', 'useragent',
    'br_lang', 'br_name', 'br_family', 'os_name', 'os_family', 'dvce_type',
    'geo_country', 'geo_region', 'geo_city', 'user_ipaddress', 'v_tracker', 'app_id',
    'se_action', 'tr_total', 'tr_currency', 'mkt_network'
], others={
    'contexts_com_snowplowanalytics_snowplow_client_session_1':
        "from_json(" ~ json_map(line)
            ~ "['contexts_com_snowplowanalytics_snowplow_client_session_1'], "
            ~ "'array<struct<userId string, sessionId string>>')",
}) }}
{%- endmacro %}
