{# A query of which way visits in a relation of events go: paths_of(ref('events'), 'page_path').
   Interactions of a moment go by their ids; equal items in a row are one; a last slash stays. #}
{% macro paths_of(relation, item='event_name', unit='session_id', step_limit=5, edge_limit=50) -%}
with nodes as (
    select {{ unit }} as visit_unit, {{ item }} as visit_item, occurred_at, event_id
    from {{ relation }} as any_events
    where is_interaction and {{ item }} is not null and {{ unit }} is not null
    qualify {{ item }} is distinct from lead({{ item }})
        over (partition by {{ unit }} order by occurred_at, event_id)
),
steps as (
    select visit_item as item, row_number() over visit as step, lead(visit_item) over visit as next_item
    from nodes window visit as (partition by visit_unit order by occurred_at, event_id)
),
edges as (
    select step as source_step, item as source_item, next_item, count(*) as path_count,
        row_number() over (order by (next_item is null), count(*) desc, item, next_item, step) as place
    from steps
    where step < {{ step_limit }} group by step, item, next_item
)
select source_step, source_item, case when next_item is null then '(drop-off)'
    when place > {{ edge_limit }} then '(other)' else next_item end as target_item,
    cast(sum(path_count) as bigint) as path_count
from edges group by all order by source_step, path_count desc, source_item, target_item
{%- endmacro %}
