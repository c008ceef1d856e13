{# A JSON value as text; of a personal one the hash. #}
{% macro shown_value(value, is_pii) -%}
case
    when {{ is_pii }} and {{ value }} is not null then {{ hash_personal(value) }}
    else cast({{ value }} as string)
end
{%- endmacro %}
