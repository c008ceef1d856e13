{#
    Gives lines that share a key, as equal lines of one file do, keys of their own, and
    numbers those of one file that have no id and say the same 1, 2, 3 ... Which of them
    gets which number makes no difference: they are equal.
#}
{% macro number_equal_lines() %}
    {{- return(adapter.dispatch("number_equal_lines")()) -}}
{% endmacro %}

{% macro duckdb__number_equal_lines() -%}
{%- set is_of_new_file -%}
file_name in (select file_name from {{ this }} where landed_in > {{ finished_in() }})
{%- endset -%}
update {{ this }} as landed_events
set
    copy_number = numbered.copy_number,
    event_key = case
        when numbered.key_number = 1 then landed_events.event_key
        else {{ hash_key('landed_events.event_key', 'numbered.key_number') }}
    end
from (
    select
        rowid as row_id,
        row_number() over (partition by event_key order by line_number, rowid)
            as key_number,
        case
            when line_hash is null then 1
            else row_number() over (
                partition by file_name, line_hash order by line_number, rowid
            )
        end as copy_number
    from {{ this }}
    where
        {{ is_of_new_file }}
        and (
            event_key in (
                select event_key from {{ this }}
                where {{ is_of_new_file }} group by event_key having count(*) > 1
            )
            or line_hash in (
                select line_hash from {{ this }}
                where line_hash is not null and {{ is_of_new_file }}
                group by line_hash having count(*) > 1
            )
        )
) as numbered
where
    landed_events.rowid = numbered.row_id
    and (numbered.key_number > 1 or numbered.copy_number <> landed_events.copy_number)
{%- endmacro %}

{# The last build that finished the table; none since it was made anew: 0. #}
{% macro finished_in() -%}
(
    select coalesce(max(built_in), 0) from builds.table_states
    where relation = '{{ this }}'
)
{%- endmacro %}
