{% macro spark__unpivoted(query, columns, name, value) -%}
select * from ({{ query }}) unpivot ({{ value }} for {{ name }} in ({{ columns | join(", ") }}))
{%- endmacro %}
