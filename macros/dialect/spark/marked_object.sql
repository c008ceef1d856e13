{# Spark only. The JSON object of which marked_map() made a map. #}
{% macro marked_object(map) -%}
concat('{', array_join(transform(
    map_entries({{ map }}), entry -> concat(
        {{ json_string("substr(entry.key, 2)") }}, ':', {{ unmarked_json("entry.value") }}
    )
), ','), '}')
{%- endmacro %}
