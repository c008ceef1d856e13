{#
    Columns read_from, line_number, reject_reason, reject_detail and line of the
    copies that scripts/load_events.py made of files not readable in place.
#}
{% macro read_spooled_lines() %}
    {{- return(adapter.dispatch("read_spooled_lines")()) -}}
{% endmacro %}

{% macro duckdb__read_spooled_lines() %}
(
    select
        filename as read_from, line_number, reject_reason, reject_detail, line
    from read_csv(
        getvariable('spools_to_read'), columns = {
            'line_number': 'BIGINT', 'reject_reason': 'VARCHAR',
            'reject_detail': 'VARCHAR', 'line': 'VARCHAR'
        }, delim = chr(1), quote = '', escape = '', header = false,
        auto_detect = false, strict_mode = false, new_line = '\n',
        max_line_size = 33554432, filename = true
    )
)
{% endmacro %}
