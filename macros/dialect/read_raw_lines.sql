{#
    Columns read_from and line of the files listed in the session's variable
    `files_to_read`. A line that is not JSON goes to the table `line_errors`, with its
    line number; blank lines come as null.
#}
{% macro read_raw_lines() %}
    {{- return(adapter.dispatch("read_raw_lines")()) -}}
{% endmacro %}

{% macro duckdb__read_raw_lines() %}
(
    select filename as read_from, line
    from read_csv(
        getvariable('files_to_read'), columns = {'line': 'JSON'}, delim = chr(1),
        quote = '', escape = '', header = false, auto_detect = false,
        strict_mode = false, new_line = '\n', max_line_size = 16777218,
        filename = true, store_rejects = true, rejects_table = 'line_errors',
        rejects_scan = 'line_error_scans', rejects_limit = 0
    )
)
{% endmacro %}
