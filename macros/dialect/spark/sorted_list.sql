{% macro spark__sorted_list(number) -%}
sort_array(collect_list({{ number }}))
{%- endmacro %}
