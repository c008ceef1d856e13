{# The two-sided p-value of a phi: that of the chi-square n phi^2 of the four counts. #}
{% macro phi_p_value(phi, total) -%}
case
    when {{ phi }} is not null
        then least(
            1, 2 * ({{ normal_tail('(abs(' ~ phi ~ ') * sqrt(' ~ total ~ '))') }})
        )
end
{%- endmacro %}
