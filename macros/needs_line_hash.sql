{# Whether an event may have no id, so that it is known by all that its line says. #}
{% macro needs_line_hash(line) -%}
case
    when {{ line }}.is_spread then {{ line }}.event_id is null
    when {{ line }}.collector in ('kissmetrics', 'mparticle') then true
    when {{ line }}.collector in ('ga4', 'snowplow') then false
    else coalesce({{ line }}.event_id, {{ line }}.message.uuid) is null
        and not contains(cast({{ line }}.line as varchar), 'insert_id"')
end
{%- endmacro %}
