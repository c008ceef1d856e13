{# The events of people in a relation with person_id, event_name, occurred_at, event_id. #}
{% macro named_happenings(relation) -%}
select *, {{ snake_case('event_name') }} as happened
from {{ relation }} as any_events
where person_id is not null
{%- endmacro %}
