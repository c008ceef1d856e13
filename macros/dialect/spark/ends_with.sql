{% macro spark__ends_with(text, ending) -%}
endswith({{ text }}, {{ ending }})
{%- endmacro %}
