{# The reserved properties of Mixpanel that are columns of an event. #}
{% macro mixpanel_keys() -%}
{{ return([
    'time', 'distinct_id', '$insert_id', '$device_id', '$user_id',
    'mp_processing_time_ms', '$identified_id', '$anon_id', '$anon_distinct_id',
    '$distinct_ids', '$current_url', '$referrer', '$browser', '$os', '$device',
    'mp_country_code', '$region', '$city', '$ip', '$app_version_string', 'mp_lib',
    '$lib', '$groups', '$user_agent'
]) }}
{%- endmacro %}
