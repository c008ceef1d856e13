{# Whether a property that a definition names is the user's, session's or a cohort's. #}
{% macro is_prefixed_property(name) -%}
({{ name }} like 'user.%' or {{ name }} like 'session.%' or {{ name }} like 'cohort.%')
{%- endmacro %}
