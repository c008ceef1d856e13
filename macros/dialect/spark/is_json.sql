{# Spark's parser stops after the first value, so it is asked for a list of this one. #}
{% macro spark__is_json(text) -%}
{{ bound('read', "from_json(concat('{\"texts\":[', " ~ text ~ ", ']}'), "
    ~ "'texts array<string>, fault string', "
    ~ "map('columnNameOfCorruptRecord', 'fault', 'allowSingleQuotes', 'false'))",
    "read.fault is null and size(read.texts) = 1 and not " ~ has_half_character(text)
) }}
{%- endmacro %}
