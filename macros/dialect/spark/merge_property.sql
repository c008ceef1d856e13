{% macro spark__merge_property(message, position, key) -%}
try_element_at(
    from_json({{ message }}.mergeproperties, 'array<map<string, string>>'), {{ position + 1 }}
)['{{ key }}']
{%- endmacro %}
