{# A regular expression of an offset at the end of a time that no place has. #}
{% macro impossible_offset() -%}
[+-]((19|[2-9][0-9]):?[0-9]{2}|[0-9]{2}:?[6-9][0-9])$
{%- endmacro %}
