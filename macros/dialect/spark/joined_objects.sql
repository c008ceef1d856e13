{# Spark only. Two JSON objects that share no key as one. #}
{% macro joined_objects(first, second) -%}
regexp_replace(
    concat(regexp_replace({{ first }}, r'[}]\z', ','), substr({{ second }}, 2)),
    r'(?<=^[{])\s*,\s*|,\s*(?=[}]\z)', ''
)
{%- endmacro %}
