{% macro spark__merge_objects(first, second) -%}
{{ bound('one', "trim(" ~ first ~ ")", bound('other', second,
    "case
        when one is null then other
        when other is null then one
        when left(one, 1) <> '{' then one
        when left(other, 1) <> '{' then other
        when arrays_overlap(json_object_keys(one), json_object_keys(other))
            then " ~ joined_objects(without_keys_of('one', 'other'), 'other') ~ "
        else " ~ joined_objects('one', 'other') ~ "
    end"
)) }}
{%- endmacro %}
