{#
    Sets which files this build's landing reads and clears what the last one left. The list
    of an earlier build is of no use: it says what that build had to read.
#}
{% macro prepare_landing(found_files) %}
    {{- return(adapter.dispatch("prepare_landing")(found_files)) -}}
{% endmacro %}

{% macro duckdb__prepare_landing(found_files) -%}
select case when count(*) = 0 then {{ stop_with(
    "concat('Landing reads the files that found_files of the same run lists: select '"
    ~ ", '+landed_events, not landed_events alone.', left('', count(*)))"
) }} end
from {{ found_files }}
where read_from = getvariable('throughline_empty_file');
drop table if exists line_errors;
drop table if exists line_error_scans;
set variable files_to_read = (
    select list(read_from) from {{ found_files }}
    where read_from is not null
);
set variable spools_to_read = (
    select list(spooled_to) from {{ found_files }}
    where spooled_to is not null
);
{%- endmacro %}
