{# A pattern, in any case, for a key in quotation marks that says it is of an IP address. #}
{% macro ip_key_pattern() -%}
{{ return(
    '"(?:(?:(?:[^"]*[^a-z"]|user|client|remote|device|source|server)?ip'
    ~ '|[^"]*(?-i:[a-z0-9]I[Pp]))'
    ~ '(?:[ _-]?addr(?:ess(?:es)?)?|[ _-]?list|s|[ _-]?v?[46])?'
    ~ '|(?:[^"]*[^a-z"]|x)?forwarded[ _-]?for|remote[ _-]?addr(?:ess)?)"'
) }}
{%- endmacro %}
