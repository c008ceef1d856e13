{# Which is Java: what RE2 cannot read, such as looking around, is a pattern here. #}
{% macro spark__is_pattern(text) -%}
try_reflect('java.util.regex.Pattern', 'compile', {{ text }}) is not null
{%- endmacro %}
