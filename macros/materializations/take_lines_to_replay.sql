{#
    Takes out the lines that landing rejected although their bytes could be read, so that
    they are judged again: the parser may have learned to read them since. Files that are
    read anew bring theirs along.
#}
{% macro take_lines_to_replay(found_files, is_incremental) %}
    {{- return(adapter.dispatch("take_lines_to_replay")(found_files, is_incremental)) -}}
{% endmacro %}

{% macro duckdb__take_lines_to_replay(found_files, is_incremental) -%}
{%- set is_replayable -%}
reject_reason in ('malformed_json', 'not_an_object', 'unknown_format', 'empty_batch')
and (reject_detail is null or starts_with(reject_detail, 'The line is not JSON'))
and file_name not in (
    select file_name from {{ found_files }} where status in ('new', 'changed', 'withdrawn')
)
{%- endset -%}
create or replace temp table lines_to_replay (
    file_name varchar, line_number bigint, line varchar, event_key ubigint,
    reject_reason varchar, reject_detail varchar, landed_in integer
);
{% if is_incremental %}
insert into lines_to_replay
select
    file_name, line_number, payload, event_key, reject_reason, reject_detail, landed_in
from {{ this }} where {{ is_replayable }};
delete from {{ this }} where {{ is_replayable }};
{% endif %}
{%- endmacro %}
