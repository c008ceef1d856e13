{# Writes down whose events came, went or changed: the people before and after. #}
{% macro journal_people(new_rows) -%}
insert into builds.touched_people
select distinct person_id, {{ batch() }}
from (
    select person_id from {{ this }}
    where event_key in (select touched_key from touched_keys)
    union all
    select person_id from {{ new_rows }}
)
where person_id is not null
{%- endmacro %}
