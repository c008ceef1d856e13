{# The events of people in a relation with person_id, event_name and occurred_at. #}
{% macro named_happenings(relation) -%}
select person_id, occurred_at, {{ snake_case('event_name') }} as happened
from {{ relation }} as any_events
where person_id is not null
{%- endmacro %}
