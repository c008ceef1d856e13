{#
    On Spark the raw files are listed by Spark itself, and looked through by a script on
    the workers: landing.mended_lines has the lines of those that its text reader would not
    read rightly. Each part of the events path is a table of texts and one of bytes.
#}
{% macro spark__list_raw_files() %}
    {%- if not execute -%}{{ return("") }}{%- endif -%}
    {%- set bytes = [] -%}
    {% for part in events_paths() %}
        {%- set kinds = ["json", "jsonl", "ndjson", "tsv"] -%}
        {%- set is_folder = "*" not in part and part.split("/")[-1].split(".")[1:]
            | select("in", kinds) | list | length == 0 -%}
        {%- set filter = ", pathGlobFilter '*.{" ~ kinds | join(",") ~ "}{,.gz,.zst}'"
            if is_folder -%}
        {% for kind in ["text", "binaryFile"] %}
            {%- set name = "landing.raw_" ~ kind | lower ~ "_" ~ part_number(part) -%}
            {% do run_query("drop table if exists " ~ name) %}
            {% do run_query("create table " ~ name ~ " using " ~ kind ~ " options (path '"
                ~ part ~ "', recursiveFileLookup 'true', ignoreCorruptFiles 'true'"
                ~ (filter or "") ~ ")") %}
        {% endfor %}
        {% do bytes.append("select path, modificationTime, length, "
            ~ ("base64(content)" if part.split("://")[1:] else "cast(null as string)")
            ~ " as content from landing.raw_binaryfile_" ~ part_number(part)) %}
    {% endfor %}
    {% do run_query("drop table if exists landing.mended_lines") %}
    {% do run_query(mended_lines(bytes | join(" union "))) %}
    {% do run_query("drop table if exists landing.raw_files") %}
    {% do run_query(raw_files(bytes | join(" union "))) %}
{% endmacro %}

{# The parts of the events path; those that are relative lie in the project's folder. #}
{% macro events_paths() %}
    {%- set path = var("events_path", env_var("THROUGHLINE_EVENTS_PATH", "seeds/sample_events"))
    -%}
    {%- set paths = [] -%}
    {%- for part in path.split(",") | map("trim") if part -%}
        {%- do paths.append(part if part[0] == "/" or ":" in part
            else project_folder() ~ "/" ~ part) -%}
    {%- endfor -%}
    {{ return(paths) }}
{% endmacro %}

{% macro part_number(part) %}{{ return(events_paths().index(part)) }}{% endmacro %}

{% macro mended_lines(files) -%}
create table landing.mended_lines using parquet as
select parsed.*
from (
    select from_json(
        line, 'path string, number bigint, reason string, detail string, text string'
    ) as parsed
    from (
        select transform (to_json(named_struct('path', path, 'content', content)))
        using '{{ python_script("read_event_files") }}' as (line string)
        from ({{ files }})
    )
)
{%- endmacro %}

{% macro raw_files(files) -%}
{%- set folder = "file:" ~ project_folder() ~ "/" -%}
create table landing.raw_files using parquet as
select
    case
        when startswith(path, '{{ folder }}') then substr(path, {{ folder | length + 1 }})
        when startswith(path, 'file:') then substr(path, 6)
        else path
    end as file_name,
    length as size_bytes,
    cast(modificationTime as timestamp_ntz) as modified_at,
    startswith(path, '{{ folder }}seeds/sample_events/') as is_sample,
    'new' as status,
    cast(null as string) as read_from,
    path as spooled_to
from ({{ files }})
{%- endmacro %}

{# Where the project lies on the machine that runs dbt: only of seeds does dbt say it. #}
{% macro project_folder() %}
    {%- if not execute -%}{{ return("") }}{%- endif -%}
    {{ return((graph.nodes.values() | selectattr("resource_type", "equalto", "seed")
        | first).root_path) }}
{% endmacro %}
