{# The profile gives it to the session, percent-encoded, and Spark puts it into the statement
   when it reads it: Spark's logs and plans show it, and the text of a view would; dbt's files
   do not. #}
{% macro spark__pii_salt() -%}
{%- set salt = "nullif(url_decode(split_part('${throughline.pii_salt}', '$', 1)), '')" -%}
{{ salt }}
{%- if execute %} /* {{ run_query(
    "select left(sha2(coalesce(" ~ salt ~ ", ''), 256), 8)"
).rows[0][0] }} */{% endif %}
{%- endmacro %}
