{% macro spark__seconds_between(earlier, later) -%}
(timestampdiff(microsecond, {{ earlier }}, {{ later }}) / 1000000)
{%- endmacro %}
