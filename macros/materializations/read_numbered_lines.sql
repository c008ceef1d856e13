{#
    Columns read_from, line and position (counted over all files, in order of the
    lines) of the files in the session's variable `files_to_number`.
#}
{% macro read_numbered_lines() %}
(
    select filename as read_from, line, row_number() over () as position
    from read_csv(
        getvariable('files_to_number'), columns = {'line': 'VARCHAR'}, delim = chr(1),
        quote = '', escape = '', header = false, auto_detect = false,
        strict_mode = false, new_line = '\n', max_line_size = 16777218,
        filename = true, parallel = false
    )
)
{% endmacro %}
