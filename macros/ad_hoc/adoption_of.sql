{# A query of who in a relation of events uses which features, of everybody in it:
   adoption_of(ref('events'), ['Feature Used', 'Order Completed']) #}
{% macro adoption_of(relation, features) -%}
with happenings as ({{ named_happenings(relation) }}),
features as ({% for feature in features %}
    select {{ sql_text(feature) }} as feature{{ "" if loop.last else " union all" }}{% endfor %}
),
uses as ({% for feature in features %}
    select {{ sql_text(feature) }} as feature, person_id, count(*) as use_count
    from happenings where {{ happened_as(feature) }}
    group by person_id{{ "" if loop.last else " union all" }}{% endfor %}
),
active as (select count(distinct person_id) as active_people from happenings)
select feature, count(person_id) as adopters, active_people,
    count(person_id) / nullif(active_people, 0) as adoption_rate,
    cast(coalesce(sum(use_count), 0) as bigint) as use_count,
    count(person_id) filter (where use_count > 1) / nullif(count(person_id), 0) as repeat_rate
from features left join uses using (feature) cross join active
group by feature, active_people order by feature
{%- endmacro %}
