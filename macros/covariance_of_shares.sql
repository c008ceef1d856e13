{# The covariance of two shares of so many units, some of which have both; of one share p
   its variance p(1 - p). #}
{% macro covariance_of_shares(both, first, second, units) -%}
({{ both }} - {{ first }} * {{ second }} / nullif({{ units }}, 0)) / nullif({{ units }}, 0)
{%- endmacro %}
