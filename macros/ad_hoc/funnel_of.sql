{# A query of how many people of a relation of events get from step to step, in order,
   within a time of the first; * is any event at a later moment:
   funnel_of(ref('events'), ['Product Viewed', 'Order Completed']) #}
{% macro funnel_of(relation, steps, window_seconds=604800) -%}
with happenings as ({{ named_happenings(relation) }}),

step_1 as (
    select person_id, occurred_at as at_1 from happenings where {{ happened_as(steps[0]) }}
),
{% for step in steps[1:] %}
step_{{ loop.index + 1 }} as ({{ next_step(
    loop.index + 1, step, same_step(steps, loop.index + 1), window_seconds
) }}),
{% endfor %}
counted as ({% for step in steps %}
    select {{ loop.index }} as step, {{ sql_text(step) }} as step_name,
        count(distinct person_id) as people_count
    from step_{{ loop.index }}{{ "" if loop.last else " union all" }}{% endfor %}
)

select *, people_count / nullif(first_value(people_count) over (order by step), 0)
    as conversion_rate
from counted order by step
{%- endmacro %}
