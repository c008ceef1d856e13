{# The events of people in a relation with person_id, event_name, event_id, occurred_at and
   is_interaction; of events of one name at one moment each is a microsecond after the last. #}
{% macro named_happenings(relation) -%}
select person_id, happened, is_interaction, {{ seconds_after('occurred_at',
    '0.000001 * (row_number() over (partition by person_id, happened, occurred_at order by event_id) - 1)'
) }} as occurred_at
from (
    select person_id, event_id, {{ snake_case('event_name') }} as happened, occurred_at, is_interaction
    from {{ relation }} as any_events
    where person_id is not null
) as named
{%- endmacro %}
