{# Whether an event has a property that whoever sent it did not name: one that staging gave it,
   which its vendor has elsewhere, or one that the vendor's library adds. #}
{% macro is_added_property(row) -%}
case {{ row }}.collector
    when 'ga4' then {{ row }}.property_name = 'revenue'
    when 'snowplow' then {{ row }}.property_name in ('total', 'currency')
    when 'mparticle'
        then {{ row }}.property_name in ('total', 'currency', 'screen_name')
    when 'posthog' then {{ begins_with(row ~ '.property_name', "'$'") }}
    when 'mixpanel'
        then
            {{ begins_with(row ~ '.property_name', "'$'") }}
            or {{ begins_with(row ~ '.property_name', "'mp_'") }}
            or {{ row }}.property_name = 'token'
    else false
end
{%- endmacro %}
