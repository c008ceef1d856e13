{# Writes down on which past days events came late, or went or changed with their files. #}
{% macro journal_days(new_rows) -%}
insert into builds.touched_days
select distinct
    {{ batch() }},
    {{ local_day('coalesce(new.occurred_at, old.occurred_at)') }},
    case when old.event_key is null then 'late_events' else 'replay' end
from {{ new_rows }} as new
full outer join (
    select * from {{ this }} where event_key in (select touched_key from touched_keys)
) as old
    on new.event_key = old.event_key
where
    coalesce(new.occurred_at, old.occurred_at) <= (select max(occurred_at) from {{ this }})
    and (old.event_key is null or new.event_key is null)
{%- endmacro %}
