{% macro spark__log_of_one_plus(small) -%}
log1p({{ small }})
{%- endmacro %}
