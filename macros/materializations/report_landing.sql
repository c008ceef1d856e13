{# Says in the build's log what was landed, also when it was nothing. #}
{% macro report_landing(found_files) %}
    {{- return(adapter.dispatch("report_landing")(found_files)) -}}
{% endmacro %}

{% macro duckdb__report_landing(found_files) %}
    {%- if execute -%}
        {%- set counts = run_query(
            "select count(*) filter (status = 'new'), count(*) filter (status = 'changed'),"
            ~ " count(*) filter (status = 'unchanged'),"
            ~ " count(*) filter (status = 'withdrawn'),"
            ~ " coalesce(sum(line_count) filter (status in ('new', 'changed')), 0),"
            ~ " coalesce(sum(rejected_line_count) filter (status in ('new', 'changed')), 0)"
            ~ " from " ~ found_files ~ " left join " ~ this ~ " using (file_name)"
        ).rows[0] -%}
        {%- set landed = "nothing to land" if counts[0] + counts[1] == 0 else
            "landed " ~ "{:,}".format(counts[4] | int) ~ " lines of " ~ counts[0]
            ~ " new and " ~ counts[1] ~ " changed files, " ~ "{:,}".format(counts[5] | int)
            ~ " of them not readable as an event" -%}
        {%- set withdrawn = "; the " ~ counts[3] ~ " sample files were withdrawn"
            if counts[3] > 0 else "" -%}
        {%- do log("Throughline: " ~ landed ~ "; " ~ counts[2] ~ " files unchanged"
            ~ withdrawn ~ ".", info=true) -%}
    {%- endif -%}
    select 1
{% endmacro %}
