{# A person's key: user 1 and device 1 are two people. #}
{% macro person_id(identifier_type, identifier) -%}
{{ hash_text('concat(' ~ identifier_type ~ ", ':', " ~ identifier ~ ')') }}
{%- endmacro %}
