{# The upper bound of the 95 % Wilson score interval (Wilson 1927) of a share. #}
{% macro wilson_high(count, total) -%}
least(1, ({{ count }} + 1.9207294103470627 + 1.959963984540054 * sqrt(
    {{ count }} * ({{ total }} - {{ count }}) / nullif(cast({{ total }} as double), 0)
    + 0.9603647051735313
)) / ({{ total }} + 3.8414588206941254)) + 0 * {{ count }} / nullif({{ total }}, 0)
{%- endmacro %}
