{# What is wrong with a property's name that may be of the event, user or session. #}
{% macro property_fault(name) -%}
{%- set columns = session_columns() -%}
case
    when {{ name }} in ('user.', 'cohort.') then 'expected a name after the point'
    when {{ name }} like 'session.%'
        and not {{ is_listed('substr(' ~ name ~ ', 9)', "'" ~ columns ~ "'") }}
        then 'expected session. and a column of sessions:'
            || ' {{ columns | replace("|", ", ") }}'
end
{%- endmacro %}
