{% macro spark__parse_kissmetrics(line) -%}
{{ json_struct(line, [
    '_n', '_p', '_p2', '_t'
]) }}
{%- endmacro %}
