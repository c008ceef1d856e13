{#
    What counts once in a funnel: a person, session or group; with the value of a held
    property after a line, which is doubled in what comes before it, so that no other id
    and value are written alike.
#}
{% macro funnel_unit(holder_id, person_id, held_value) -%}
case
    when {{ held_value }} is null then coalesce({{ holder_id }}, {{ person_id }})
    else concat(
        replace(coalesce({{ holder_id }}, {{ person_id }}), '|', '||'),
        ' | ', {{ held_value }}
    )
end
{%- endmacro %}
