{# A regular expression of a URI with its scheme (RFC 3986), as it stands in a literal. #}
{% macro uri_pattern() -%}
{%- set plain = "[0-9A-Za-z._~!$&''()*+,;=:@-]|%[0-9A-Fa-f]{2}" -%}
{%- set literal_host = "[[][0-9A-Fa-f:.]+[]](:[0-9]*)?" -%}
^[A-Za-z][0-9A-Za-z+.-]*:(//(({{ plain }})*@)?{{ literal_host }}(/({{ plain }}|/)*)?|
{{- "" }}({{ plain }}|/)*)([?]({{ plain }}|[/?])*)?(#({{ plain }}|[/?])*)?$
{%- endmacro %}
