{% macro spark__with_key(object, key, value, keeps) -%}
{%- set addition = "concat('{\"" ~ key ~ "\":', added, '}')" -%}
{{ bound('added', value, bound('held', object,
    "case
        when added is null then held
        when held is null or held = '{}' then " ~ addition ~ "
        when not startswith(held, '{') then held
        when not contains(held, '\"" ~ key ~ "\"')
            then concat('{\"" ~ key ~ "\":', added, ',', substr(held, 2))
        when " ~ keeps ~ " then " ~ merge_objects(addition, 'held') ~ "
        else " ~ merge_objects('held', addition) ~ "
    end"
)) }}
{%- endmacro %}
