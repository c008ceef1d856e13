{% macro spark__joined_texts(text, separator, order) -%}
listagg({{ text }}, {{ separator }}) within group (order by {{ order }})
{%- endmacro %}
