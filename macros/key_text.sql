{# What a cell of a key says: of a number the number, however it is written. #}
{% macro key_text(cell) -%}
{%- set text = "coalesce(" ~ cell ~ ".value, " ~ cell ~ ".default_value)" -%}
case
    when {{ cell }}.format like '%integer'
        then coalesce(cast(cast(try_cast({{ numeric_text(text) }} as double) as bigint) as string), {{ text }})
    else {{ text }}
end
{%- endmacro %}
