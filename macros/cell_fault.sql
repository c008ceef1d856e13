{# What is wrong with a definition's cell that is not empty; null where nothing is. #}
{% macro cell_fault(cell) -%}
case {{ cell }}.format
    when 'unavailable' then 'this option is not available yet; leave the cell empty'
    when 'option' then case
        when not concat('|', {{ cell }}.options, '|')
            like concat('%|', {{ cell }}.value, '|%')
            then concat('expected ', replace({{ cell }}.options, '|', ' or '))
    end
    when 'positive_integer' then case
        when coalesce(try_cast({{ cell }}.value as double), 0) < 1
            or try_cast({{ cell }}.value as double) % 1 <> 0
            then 'expected a whole number of at least 1'
    end
    when 'positive_number' then case
        when not coalesce(try_cast({{ cell }}.value as double), 0) > 0
            then 'expected a number above 0'
    end
    when 'share' then case
        when not coalesce(try_cast({{ cell }}.value as double), 0) between 1e-9 and 1
            then 'expected a number above 0 and at most 1'
    end
    when 'timestamp' then case
        when {{ parse_timestamp(cell ~ '.value') }} is null
            then 'expected a time such as 2026-01-31 or 2026-01-31T08:00:00Z'
    end
    when 'event_property' then case
        when {{ cell }}.value like 'user.%' or {{ cell }}.value like 'session.%'
            then 'expected a property of the event; those of the user or the session'
                || ' are not available yet'
    end
end
{%- endmacro %}
