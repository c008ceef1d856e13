{#
    Whether staging may reject an event of a line, so that the line is numbered and its
    text kept. To doubt a line too many costs little, one too few loses its number.
#}
{% macro is_doubtful(line) -%}
coalesce({{ line }}.collector = 'mparticle', true)
or {{ line }}.unread_time is not null
or coalesce({{ line }}.told_at not between timestamp '1990-01-02'
    and timestamp '2199-12-31', true)
or {{ line }}.told_at > coalesce({{ line }}.received_at, {{ build_time() }})
    + case when {{ line }}.is_spread then interval 24 hour else interval 9 hour end
or coalesce(left({{ line }}.message.properties, 1) <> '{', false)
or coalesce(left({{ line }}.message.event_properties, 1) <> '{', false)
or (
    coalesce({{ line }}.collector = 'snowplow', false)
    and coalesce(left({{ snowplow_properties(line ~ '.line') }}, 1) <> '{', false)
)
or case
    when {{ line }}.is_spread then {{ is_doubtful_message(line ~ '.message') }}
    else {{ is_doubtful_line(line ~ '.message') }}
end
{%- endmacro %}
