{# The key of what one unit did in a funnel, within the values that all steps share. #}
{% macro history_key(funnel, breakdown_value, holder, held_value) -%}
{{ hash_key(hash_key(funnel, breakdown_value), hash_key(holder, held_value)) }}
{%- endmacro %}
