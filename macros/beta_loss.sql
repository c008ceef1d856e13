{# By how much a Beta falls short of another on average, where it does. #}
{% macro beta_loss(chosen, other) -%}
(
    ({{ other[0] }}) / ({{ other[0] }} + {{ other[1] }})
    * {{ beta_chance([other[0] ~ ' + 1', other[1]], chosen) }}
    - ({{ chosen[0] }}) / ({{ chosen[0] }} + {{ chosen[1] }})
    * {{ beta_chance(other, [chosen[0] ~ ' + 1', chosen[1]]) }}
)
{%- endmacro %}
