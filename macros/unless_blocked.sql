{# An identifier, or null where it is a value that identifies nobody. Reads the CTE
   blocked_identifiers. #}
{% macro unless_blocked(identifier) -%}
case
    when coalesce(lower(trim({{ identifier }})), '') <> ''
        and not coalesce(lower(trim({{ identifier }})), '')
            in (select blocked_identifiers.identifier from blocked_identifiers)
        then {{ identifier }}
end
{%- endmacro %}
