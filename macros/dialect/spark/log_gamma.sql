{# Lanczos's approximation with Godfrey's coefficients, exact to 15 digits above 0. #}
{% macro spark__log_gamma(value) -%}
transform(
    array(cast({{ value }} as double)),
    shape -> (shape - 0.5d) * ln(shape + 6.5d) - shape - 5.5810614667953273d + ln(
        0.99999999999980993d + 676.5203681218851d / shape
        - 1259.1392167224028d / (shape + 1) + 771.32342877765313d / (shape + 2)
        - 176.61502916214059d / (shape + 3) + 12.507343278686905d / (shape + 4)
        - 0.13857109526572012d / (shape + 5) + 9.9843695780195716e-6 / (shape + 6)
        + 1.5056327351493116e-7 / (shape + 7)
    )
)[0]
{%- endmacro %}
