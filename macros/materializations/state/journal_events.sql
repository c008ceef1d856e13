{#
    Writes down which events have to be judged again: those whose lines came, went or
    changed, and all that share a copy key with one of them, before or after.
#}
{% macro journal_events(new_rows) -%}
create or replace temp table touched_copies as
select event_key, copy_key from {{ this }}
where line_key in (select touched_key from touched_keys)
union all
select event_key, copy_key from {{ new_rows }};
insert into builds.touched_events
select distinct event_key, {{ batch() }}
from (
    select event_key from touched_copies
    union all
    select event_key from {{ this }}
    where copy_key in (select copy_key from touched_copies)
)
{%- endmacro %}
