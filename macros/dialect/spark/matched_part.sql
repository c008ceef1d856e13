{# As has_match() reads patterns. #}
{% macro spark__matched_part(text, pattern, group) -%}
regexp_extract({{ text }}, concat('(?du)', {{ pattern | replace("$'", "\\\\z'") }}), {{ group }})
{%- endmacro %}
