{# Sets which files this build's landing reads and clears what the last one left. #}
{% macro prepare_landing(found_files) %}
    {{- return(adapter.dispatch("prepare_landing")(found_files)) -}}
{% endmacro %}

{% macro duckdb__prepare_landing(found_files) -%}
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
