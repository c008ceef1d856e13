{# Whether a row of traffic_channels is the one of an event: the same campaign, kind
   of click id and referring host. #}
{% macro is_traffic_of(event, traffic) -%}
{{ event }}.utm_source is not distinct from {{ traffic }}.utm_source
and {{ event }}.utm_medium is not distinct from {{ traffic }}.utm_medium
and {{ event }}.utm_campaign is not distinct from {{ traffic }}.utm_campaign
and {{ event }}.click_parameter is not distinct from {{ traffic }}.click_parameter
and {{ event }}.external_referrer_host is not distinct from {{ traffic }}.referrer_host
{%- endmacro %}
