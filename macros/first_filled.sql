{# The first of some texts that says something; null where all are empty or blank. #}
{% macro first_filled(texts) -%}
coalesce(
    {%- for text in texts %}
    case when trim({{ text }}) <> '' then {{ text }} end{{ "," if not loop.last }}
    {%- endfor %}
)
{%- endmacro %}
