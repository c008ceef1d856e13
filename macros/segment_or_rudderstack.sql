{#
    RudderStack's messages are Segment's with a channel; Segment's own libraries may
    give one too, so that without what RudderStack's gateway adds the library's name
    decides where there is one. Source: RudderStack's event specification, common fields.
#}
{% macro segment_or_rudderstack(message) -%}
case
    when {{ message }}.type = 'merge' or {{ message }}.mergeproperties is not null
        or coalesce({{ message }}.rudderid, {{ message }}.request_ip) is not null
        then 'rudderstack'
    when {{ message }}.channel in ('web', 'mobile', 'server', 'sources')
        and not coalesce({{ has_match(
            message ~ '.context',
            "'\"library\"[ ]*:[ ]*[{][^}]*\"name\"[ ]*:[ ]*\"(analytics|@segment)'"
        ) }}, false) then 'rudderstack'
    else 'segment'
end
{%- endmacro %}
