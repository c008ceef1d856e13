{# Whether a row of traffic_channels is the one of an event: the same campaign, search
   click and referring host. #}
{% macro is_traffic_of(event, traffic) -%}
{{ event }}.utm_source is not distinct from {{ traffic }}.utm_source
and {{ event }}.utm_medium is not distinct from {{ traffic }}.utm_medium
and {{ event }}.utm_campaign is not distinct from {{ traffic }}.utm_campaign
and {{ event }}.is_search_ad_click = {{ traffic }}.is_search_ad_click
and {{ event }}.external_referrer_host is not distinct from {{ traffic }}.referrer_host
{%- endmacro %}
