{# Traits that an event sets, and those that it sets where none is, as traits are read. #}
{% macro traits_set(traits, traits_once) -%}
{{ with_key(merge_objects(traits_once, traits), '$set_once', traits_once) }}
{%- endmacro %}
