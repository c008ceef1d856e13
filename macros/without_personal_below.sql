{#
    A JSON object with the keys of a patch, its personal values hashed, in which values of
    the keys that a pattern names are struck out wherever else they lie; without a pattern
    the object as it is.
#}
{% macro without_personal_below(object, patch, names) -%}
case
    when {{ names }} is null then {{ object }}
    else {{ merge_objects(
        as_json(without_personal(merge_objects(object, patch), names)), patch
    ) }}
end
{%- endmacro %}
