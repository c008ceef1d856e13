{% macro spark__moments_reached(moments, entry, window) -%}
aggregate({{ moments }}, cast(array() as array<bigint>), (reached, moment) -> case
    when moment % 64 = size(reached) + 1
        and moment div 64 between {{ entry }} and {{ entry }} + {{ window }}
        then array_append(reached, moment div 64)
    else reached
end)
{%- endmacro %}
