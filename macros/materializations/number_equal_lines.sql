{#
    Numbers the equal lines of one file 1, 2, 3 ... and gives each a key of its own.
    Which of them gets which number makes no difference: they are equal.
#}
{% macro number_equal_lines() -%}
update {{ this }} as landed_events
set
    copy_number = numbered.copy_number,
    event_key = {{ hash_key('landed_events.event_key', 'numbered.copy_number') }}
from (
    select
        rowid as row_number_in_table,
        row_number() over (partition by event_key order by rowid) as copy_number
    from {{ this }}
    where event_key in (
        select event_key from {{ this }} group by event_key having count(*) > 1
    )
) as numbered
where landed_events.rowid = numbered.row_number_in_table and numbered.copy_number > 1
{%- endmacro %}
