{# An identifier, or null where it is a value that identifies nobody. Reads the CTE
   blocked_identifiers. #}
{% macro unless_blocked(identifier) -%}
{%- set trimmed = "coalesce(lower(trim(translate(" ~ identifier
    ~ ", concat(chr(9), chr(10), chr(13)), '   '))), '')" -%}
case
    when {{ trimmed }} <> '' and not {{ trimmed }}
        in (select blocked_identifiers.identifier from blocked_identifiers)
        then {{ identifier }}
end
{%- endmacro %}
