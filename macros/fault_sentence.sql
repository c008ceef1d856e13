{# A fault of a seed's cell as the sentence that the build stops with. #}
{% macro fault_sentence(fault, folder) -%}
concat(
    'seeds/{{ folder }}/', {{ fault }}.file, '.csv, row ',
    cast({{ fault }}.row_number as string), ', column ', {{ fault }}.column_name, ': ',
    {{ fault }}.fault,
    case
        when {{ fault }}.value is not null
            then concat('; found ''', {{ fault }}.value, '''')
        else ''
    end,
    '.'
)
{%- endmacro %}
