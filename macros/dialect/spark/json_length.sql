{% macro spark__json_length(array) -%}
case when {{ array }} is not null then coalesce(json_array_length({{ array }}), 0) end
{%- endmacro %}
