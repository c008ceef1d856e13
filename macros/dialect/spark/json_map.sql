{# Spark only. The keys and values at the top of a JSON object as text. #}
{% macro json_map(object) -%}
from_json({{ object }}, 'map<string, string>')
{%- endmacro %}
