{% macro spark__merge_objects(first, second) -%}
{{ bound('one', "trim(" ~ first ~ ")", bound('other', second,
    "case
        when one is null then other
        when other is null then one
        when left(one, 1) <> '{' then one
        when left(other, 1) <> '{' then other
        when arrays_overlap(json_object_keys(one), json_object_keys(other))
            then " ~ bound('ones', marked_map('one'), bound(
                'others', marked_map('other'), marked_object("map_concat(
                    transform_values(ones, (name, held) -> case
                        when map_contains_key(others, name) then others[name] else held
                    end),
                    map_filter(others, (name, held) -> not map_contains_key(ones, name))
                )")
            )) ~ "
        else " ~ joined_objects('one', 'other') ~ "
    end"
)) }}
{%- endmacro %}
