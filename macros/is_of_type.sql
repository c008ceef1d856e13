{#
    Whether a JSON value is of a type of the tracking plan. As in JSON Schema a number is
    an integer where it is whole, however it is written; an infinite one is not.
#}
{% macro is_of_type(value, kind, type) -%}
case {{ type }}
    when 'any' then true
    when 'integer' then {{ kind }} = 'number' and (
        {{ has_match(value, "'^-?[0-9]+$'") }}
        or try_cast({{ value }} as double) % 1 = 0
    )
    else {{ kind }} = {{ type }}
end
{%- endmacro %}
