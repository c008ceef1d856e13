{# Whether a property's value is one of its allowed ones, which are of its planned type. #}
{% macro is_allowed(property) -%}
({{ property }}.kind = case {{ property }}.type
        when 'integer' then 'number'
        when 'any' then 'string'
        else {{ property }}.type
    end
    and {{ is_listed(
        comparable_value(property ~ '.text', property ~ '.kind'),
        property ~ '.comparable_values'
    ) }})
{%- endmacro %}
