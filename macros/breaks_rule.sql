{#
    Whether a property breaks a rule of the tracking plan. As in JSON Schema each rule is
    judged by itself, and patterns, ranges and formats judge only what they can.
#}
{% macro breaks_rule(rule, property) -%}
case
    when {{ property }}.value is null
        then {{ rule }} = 'missing_property' and {{ property }}.is_required
    when {{ rule }} = 'wrong_type'
        then not {{ is_of_type(property ~ '.value', property ~ '.kind', property ~ '.type') }}
    when {{ rule }} = 'not_allowed' then {{ property }}.allowed_values is not null
        and not {{ is_allowed(property) }}
    when {{ rule }} = 'pattern' and {{ property }}.kind = 'string'
        then not coalesce({{ has_match(property ~ '.text', property ~ '.pattern') }}, true)
    when {{ rule }} = 'range' and {{ property }}.kind = 'number' then coalesce(
        {{ is_below(property ~ '.text', property ~ '.minimum') }}, false
    ) or coalesce({{ is_below(property ~ '.maximum', property ~ '.text') }}, false)
    when {{ rule }} = 'format' and {{ property }}.kind = 'string'
        then not coalesce({{ has_format(property ~ '.text', property ~ '.format') }}, true)
    else false
end
{%- endmacro %}
