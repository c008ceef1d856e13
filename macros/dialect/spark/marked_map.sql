{#
    Spark only. The keys and values at the top of a JSON object as a map in which an S
    stands before each key and each string, so that a string is told from a number, and
    whatever else a value holds keeps its order and its numbers.
#}
{% macro marked_map(object) -%}
from_json({{ marked_json(object) }}, 'map<string, string>')
{%- endmacro %}
