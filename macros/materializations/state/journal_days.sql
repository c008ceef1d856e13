{# Writes down on which past days events came late, or went or changed with their files. #}
{% macro journal_days(new_rows) -%}
insert into builds.touched_days
{{ changed_days(
    "(select * from " ~ this ~ " where event_key in (select touched_key from touched_keys))",
    new_rows) }}
{%- endmacro %}

{# The days of events that only one of two relations has, up to the last moment there was. #}
{% macro changed_days(old_rows, new_rows) -%}
select distinct
    {{ batch() }} as batch,
    {{ local_day('coalesce(new.occurred_at, old.occurred_at)') }} as day,
    case when old.event_key is null then 'late_events' else 'replay' end as reason
from {{ new_rows }} as new
full outer join {{ old_rows }} as old on new.event_key = old.event_key
where
    coalesce(new.occurred_at, old.occurred_at) <= (select max(occurred_at) from {{ this }})
    and (old.event_key is null or new.event_key is null)
{%- endmacro %}
