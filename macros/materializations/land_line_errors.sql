{# Adds the lines that the reader set aside as not being JSON, with their numbers. #}
{% macro land_line_errors(found_files) %}
    {{- return(adapter.dispatch("land_line_errors")(found_files)) -}}
{% endmacro %}

{% macro duckdb__land_line_errors(found_files) -%}
insert into {{ this }} by name
select
    {{ hash_key('found_files.file_name', 'lines.line') }} as event_key,
    found_files.file_name,
    lines.line_number,
    'malformed_json' as reject_reason,
    {{ malformed_line_detail('lines.line') }} as reject_detail,
    lines.line as payload,
    1 as copy_number,
    1 as event_count,
    {{ batch() }} as landed_in
from (
    select
        trim(line_errors.csv_line, concat(chr(9), chr(10), chr(13), chr(32))) as line,
        line_errors.line as line_number,
        line_errors.scan_id,
        line_errors.file_id
    from line_errors
) as lines
inner join line_error_scans
    on lines.scan_id = line_error_scans.scan_id
    and lines.file_id = line_error_scans.file_id
inner join {{ found_files }} as found_files
    on line_error_scans.file_path = found_files.read_from
where lines.line <> ''
{%- endmacro %}
