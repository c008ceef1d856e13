{# A hash of all that a line says, by which an event that may have no id is known. #}
{% macro line_hash(line) -%}
case when {{ line }}.reject_reason is null and case
    when {{ line }}.is_spread then {{ line }}.event_id is null
    when {{ line }}.collector in ('kissmetrics', 'mparticle') then true
    when {{ line }}.collector = 'ga4' then false
    when {{ line }}.collector = 'mixpanel'
        then trim(coalesce({{ json_value(line ~ '.message.properties', "'$insert_id'") }}, '')) = ''
    when {{ line }}.collector = 'posthog'
        then trim(coalesce({{ line }}.message.uuid, '')) = ''
    when {{ line }}.collector = 'amplitude' then trim(concat_ws('',
        {{ line }}.message.uuid, {{ json_value(line ~ '.line', "'$insert_id'") }},
        {{ json_value(line ~ '.line', "'insert_id'") }}
    )) = ''
    else {{ line }}.event_id is null
end then {{ hash_text(compact_json(line ~ '.line')) }} end
{%- endmacro %}
