{% macro spark__all_but(relation, columns) -%}
{{ relation }}.* except ({{ columns | join(', ') }})
{%- endmacro %}
