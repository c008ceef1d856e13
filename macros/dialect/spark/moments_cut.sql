{% macro spark__moments_cut(moments, span) -%}
aggregate({{ moments }}, cast(array() as array<timestamp>), (cuts, moment) -> case
    when moment > coalesce(try_element_at(cuts, -1), {{ moments }}[0]) + {{ span }}
        then array_append(cuts, moment)
    else cuts
end)
{%- endmacro %}
