{#
    Spark only. JSON text in which characters beyond 16 bits stand for themselves. Spark
    writes them as two escapes, which one more reading as a string undoes.
#}
{% macro wide_text(text) -%}
case
    when contains({{ text }}, r'\uD8') then get_json_object(concat('"', regexp_replace(
        replace(replace({{ text }}, r'\', r'\\'), '"', r'\"'),
        r'(?<!\\)\\\\u(D[89AB]..)\\\\u(D[C-F]..)', r'\\u$1\\u$2'
    ), '"'), '$')
    else {{ text }}
end
{%- endmacro %}
