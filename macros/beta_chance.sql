{# The chance that a Beta exceeds another, each given by its two parameters. #}
{% macro beta_chance(better, worse) -%}
{{ beta_exceeds(
    '(' ~ better[0] ~ ')', '(' ~ better[1] ~ ')', '(' ~ worse[0] ~ ')', '(' ~ worse[1] ~ ')'
) }}
{%- endmacro %}
