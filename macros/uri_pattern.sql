{# A regular expression of a URI with its scheme (RFC 3986), as it stands in a literal. #}
{% macro uri_pattern() -%}
{%- set part = "[0-9A-Za-z._~!$&''()*+,;=-]|%[0-9A-Fa-f]{2}" -%}
{%- set plain = "[0-9A-Za-z._~!$&''()*+,;=:@-]|%[0-9A-Fa-f]{2}" -%}
{%- set host = "([[][0-9A-Fa-f:.]+[]]|(" ~ part ~ ")*)(:[0-9]*)?" -%}
^[A-Za-z][0-9A-Za-z+.-]*:(//((:|{{ part }})*@)?{{ host }}(/({{ plain }}|/)*)?|
{{- "" }}/?({{ plain }})({{ plain }}|/)*|/?)([?]({{ plain }}|[/?])*)?(#({{ plain }}|[/?])*)?$
{%- endmacro %}
