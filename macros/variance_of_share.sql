{# The variance p(1 - p) of a share that so many of so many have. #}
{% macro variance_of_share(count, units) -%}
{{ count }} / nullif({{ units }}, 0) * (1 - {{ count }} / nullif({{ units }}, 0))
{%- endmacro %}
