{% macro spark__collect_object(key, value) -%}
concat('{', listagg(
    concat({{ json_string(key) }}, ':', coalesce({{ value }}, 'null')), ','
) within group (order by {{ key }}), '}')
{%- endmacro %}
