{#
    Writes down whose events came, went or changed: the people before and after; and the
    days of events that are another person's than before.
#}
{% macro journal_people(new_rows) -%}
insert into builds.touched_people
select distinct person_id, {{ batch() }}
from (
    select person_id from {{ this }}
    where event_key in (select touched_key from touched_keys)
    union all
    select person_id from {{ new_rows }}
)
where person_id is not null;
insert into builds.touched_days
{{ moved_days(
    "(select * from " ~ this ~ " where event_key in (select touched_key from touched_keys))",
    new_rows) }}
{%- endmacro %}

{# The days of the events that are another person's in one relation than in the other. #}
{% macro moved_days(old_rows, new_rows) -%}
select distinct
    {{ batch() }} as batch,
    {{ local_day('staged_events.occurred_at') }} as day,
    'identity_change' as reason
from {{ new_rows }} as new
inner join {{ old_rows }} as old on new.event_key = old.event_key
inner join {{ ref('staged_events') }} as staged_events
    on new.event_key = staged_events.event_key
where new.person_id is distinct from old.person_id
{%- endmacro %}
