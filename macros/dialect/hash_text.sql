{# The MD5 of a text as 32 hexadecimal digits: the same on every engine. #}
{% macro hash_text(text) %}
    {{- return(adapter.dispatch("hash_text")(text)) -}}
{% endmacro %}

{% macro duckdb__hash_text(text) -%}
md5({{ text }})
{%- endmacro %}
