{#
    Spark only. The value of a key of a JSON object as JSON; null where it is JSON's. Only
    where what Spark read may be a string as well as something else, or holds numbers with
    an exponent, the object is read once more, with marks.
#}
{% macro json_part(object, key) -%}
{%- set part = json_map(object) ~ "[" ~ key ~ "]" -%}
case
    when left({{ part }}, 1) in ('{', '[') and not {{ object }} rlike ':[ ]*"([{]|\\[)'
        and not {{ part }} rlike '[.][0-9]+E|"-?Infinity"'
        then {{ part }}
    when not {{ part }} rlike '^(-?[0-9]|true$|false$|[{]|\\[|"-?Infinity"$)'
        then {{ json_string(part) }}
    when left({{ part }}, 1) not in ('{', '[')
        and not contains({{ object }}, concat('"', {{ part }}, '"'))
        and not {{ part }} rlike 'E|"'
        then {{ json_number(part) }}
    when {{ part }} is not null then {{ marked_value(object, key) }}
end
{%- endmacro %}
