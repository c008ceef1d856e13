{# A sequence from 1 to 0 would count down. #}
{% macro spark__numbers_up_to(first, last) -%}
explode(case
    when cast({{ first }} as bigint) <= cast({{ last }} as bigint)
        then sequence(cast({{ first }} as bigint), cast({{ last }} as bigint))
end)
{%- endmacro %}
