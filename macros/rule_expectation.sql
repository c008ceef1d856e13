{# What a rule of the tracking plan expects of a property, in words. #}
{% macro rule_expectation(rule, property) -%}
case {{ rule }}
    when 'missing_property' then concat('a value of type ', {{ property }}.type)
    when 'wrong_type' then {{ property }}.type
    when 'not_allowed' then {{ property }}.allowed_values
    when 'pattern' then {{ property }}.pattern
    when 'format' then {{ property }}.format
    when 'range' then case
        when {{ property }}.minimum is null
            then concat('at most ', {{ property }}.maximum)
        when {{ property }}.maximum is null
            then concat('at least ', {{ property }}.minimum)
        else concat(
            'from ', {{ property }}.minimum, ' to ', {{ property }}.maximum
        )
    end
end
{%- endmacro %}
