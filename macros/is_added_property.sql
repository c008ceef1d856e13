{# Whether staging gave an event a property that its vendor has under another name. #}
{% macro is_added_property(row) -%}
case {{ row }}.collector
    when 'ga4' then {{ row }}.property_name = 'revenue'
    when 'snowplow' then {{ row }}.property_name in ('total', 'currency')
    when 'mparticle'
        then {{ row }}.property_name in ('total', 'currency', 'screen_name')
    else false
end
{%- endmacro %}
