{# The same fold as in create_folds, its state a list. #}
{% macro spark__deepest_moment(moments, window, bits, last) -%}
{%- set step = "cast(moment % 64 as integer)" -%}
aggregate({{ moments }}, array(0L), (state, moment) -> case
    when {{ step }} = 1 then concat(
        array(case when size(state) = 1 then moment div 64 else state[0] end),
        array(moment div 64),
        slice(state, 3, size(state))
    )
    when get(state, {{ step }} - 1) + {{ window }} >= moment div 64 then concat(
        array(case when size(state) = {{ step }} then moment div 64 else state[0] end),
        slice(state, 2, {{ step }} - 1),
        array(state[{{ step }} - 1]),
        slice(state, {{ step }} + 2, size(state))
    )
    else state
end)[0]
{%- endmacro %}
