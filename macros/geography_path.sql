{# Where the geography database lies; empty where there is none. #}
{% macro geography_path() -%}
{{ return(env_var("THROUGHLINE_GEO_DATABASE_PATH", "").rstrip("/").replace("'", "''")) }}
{%- endmacro %}
