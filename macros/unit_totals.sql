{# The sums over units, of columns of a relation, from which experiments are judged. #}
{% macro unit_totals(units) -%}
count({{ units }}.person_id) as units,
    {{ total_of(units ~ '.metric_value') }} as total,
    {{ total_of(units ~ '.metric_value', units ~ '.metric_value') }} as total_of_squares,
    {{ total_of(units ~ '.denominator_value') }} as denominator_total,
    {{ total_of(units ~ '.denominator_value', units ~ '.denominator_value') }}
        as denominator_total_of_squares,
    {{ total_of(units ~ '.metric_value', units ~ '.denominator_value') }}
        as product_total,
    {{ total_of(units ~ '.covariate_value') }} as covariate_total,
    {{ total_of(units ~ '.covariate_value', units ~ '.covariate_value') }}
        as covariate_total_of_squares,
    {{ total_of(units ~ '.metric_value', units ~ '.covariate_value') }}
        as covariate_product_total
{%- endmacro %}
