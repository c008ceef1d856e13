{# What is left of the variance of an arm's unit once its covariate explains its part;
   what rounding leaves is none. #}
{% macro adjusted_variance(pair, arm) -%}
{%- set own = pair ~ "." ~ arm -%}
case
    when {{ own }}unit_variance + power({{ pair }}.theta, 2) * {{ own }}covariate_variance
        - 2 * {{ pair }}.theta * {{ own }}covariate_covariance
        > 1e-12 * {{ own }}unit_variance
        then {{ own }}unit_variance
            + power({{ pair }}.theta, 2) * {{ own }}covariate_variance
            - 2 * {{ pair }}.theta * {{ own }}covariate_covariance
    when {{ own }}unit_variance is not null then 0
end
{%- endmacro %}
