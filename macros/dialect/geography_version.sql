{# Which version of a geography database's files lies there, by their sizes and times. #}
{% macro geography_version(path) %}
    {{- return(adapter.dispatch("geography_version")(path)) -}}
{% endmacro %}

{% macro duckdb__geography_version(path) -%}
{%- if path and execute -%}
{%- set files = path if ".csv" in path else path ~ "/*.csv" -%}
{{ local_md5(run_query(
    "select filename, size, last_modified from read_blob('" ~ files ~ "') order by all"
).rows | map("join", " ") | join(" ")) }}
{%- endif -%}
{%- endmacro %}
