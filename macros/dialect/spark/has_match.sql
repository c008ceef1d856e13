{# Java's $ stands before a line break at the end as well (?d: no other but \n) and its (?i)
   is for ASCII alone (?u: is not); in brackets it knows no [ that stands for itself and no
   named class. #}
{% macro spark__has_match(text, pattern) -%}
{%- if pattern[0] == "'" -%}
regexp_like({{ text }}, concat('(?du)', {{ pattern
    | replace("$'", "\\\\z'")
    | replace("[:space:]", "\\\\s")
    | replace("[[]", "\\\\[")
    | replace("[]]", "\\\\]")
}}))
{%- else -%}
regexp_like({{ text }}, concat(
    '(?du)', regexp_replace({{ pattern }}, r'(?<!\\)[$](?=[)|]|\z)', r'\\z')
))
{%- endif -%}
{%- endmacro %}
