{# A query of who in a relation of events uses which features, of everybody in it:
   adoption_of(ref('events'), ['Feature Used', 'Order Completed']) #}
{% macro adoption_of(relation, features) -%}
with happenings as ({{ named_happenings(relation) }}),
uses as ({% for feature in features %}
    select {{ sql_text(feature) }} as feature, person_id, count(*) as use_count
    from happenings where {{ happened_as(feature) }}
    group by person_id{{ "" if loop.last else " union all" }}{% endfor %}
),
active as (select count(distinct person_id) as active_people from happenings)
select feature, count(*) as adopters, active_people, count(*) / active_people as adoption_rate,
    cast(sum(use_count) as bigint) as use_count,
    count(*) filter (where use_count > 1) / count(*) as repeat_rate
from uses cross join active group by feature, active_people order by feature
{%- endmacro %}
