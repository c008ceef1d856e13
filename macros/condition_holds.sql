{#
    Whether a property's value meets a condition. Texts are compared as written;
    greater_than and less_than hold for numbers only, and whole ones are compared exactly;
    contains ignores case; spaces around the bars of one_of count for nothing.
#}
{% macro condition_holds(value, operator, expected) -%}
case {{ operator }}
    when 'equals' then coalesce({{ value }} = {{ expected }}, false)
    when 'not_equals' then {{ value }} is distinct from {{ expected }}
    when 'greater_than'
        then {{ is_greater(value, expected) }}
    when 'less_than'
        then {{ is_greater(expected, value) }}
    when 'contains'
        then coalesce(contains(lower({{ value }}), lower({{ expected }})), false)
    when 'matches' then coalesce({{ has_match(value, expected) }}, false)
    when 'is_set' then {{ value }} is not null
    when 'is_not_set' then {{ value }} is null
    when 'one_of' then coalesce({{ is_listed(
        value, "replace(replace(" ~ expected ~ ", ' |', '|'), '| ', '|')"
    ) }}, false)
end
{%- endmacro %}
