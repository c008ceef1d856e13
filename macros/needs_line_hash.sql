{# Whether an event may have no id, so that it is known by all that its line says. #}
{% macro needs_line_hash(line) -%}
case
    when {{ line }}.is_spread then {{ line }}.event_id is null
    when {{ line }}.collector in ('kissmetrics', 'mparticle') then true
    when {{ line }}.collector = 'ga4' then false
    when {{ line }}.collector = 'mixpanel'
        then {{ json_value(line ~ '.message.properties', "'$insert_id'") }} is null
    when {{ line }}.collector = 'posthog' then {{ line }}.message.uuid is null
    when {{ line }}.collector = 'amplitude' then coalesce(
        {{ line }}.message.uuid, {{ json_value(line ~ '.line', "'$insert_id'") }},
        {{ json_value(line ~ '.line', "'insert_id'") }}
    ) is null
    else {{ line }}.event_id is null
end
{%- endmacro %}
