{# What is wrong with a definition's cell that is not empty; null where nothing is. #}
{% macro cell_fault(cell) -%}
case {{ cell }}.format
    when 'unavailable' then 'this option is not available yet; leave the cell empty'
    when 'option' then case
        when not {{ is_listed(cell ~ '.value', cell ~ '.options') }}
            then concat('expected ', replace({{ cell }}.options, '|', ' or '))
    end
    when 'unit' then case
        when not {{ has_match(cell ~ '.value', "'^[A-Za-z0-9_$ -]+$'") }}
            then 'expected person, session or the type of a group such as company'
    end
    when 'timestamp' then case
        when not {{ has_match(cell ~ '.value', "'^[0-9]{4}-[0-9]'") }}
            or {{ parse_timestamp(cell ~ '.value') }} is null
            then 'expected a time such as 2026-01-31 or 2026-01-31T08:00:00Z'
    end
    when 'event_property' then {{ property_fault(cell ~ '.value') }}
    when 'own_property' then case
        when {{ is_prefixed_property(cell ~ '.value') }}
            then 'expected a property of the event, not of the user, session or cohort'
    end
    else {{ number_fault(cell ~ '.format', cell ~ '.value') }}
end
{%- endmacro %}
