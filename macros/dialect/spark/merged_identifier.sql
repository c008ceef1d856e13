{% macro spark__merged_identifier(message, position) -%}
try_element_at(
    from_json({{ message }}.mergeproperties, 'array<map<string, string>>'), {{ position + 1 }}
)['value']
{%- endmacro %}
