{# Each term from the one before: the gamma functions of all would take long here. #}
{% macro spark__beta_exceeds(a, b, c, d) -%}
case
    when {{ a }} <= 1e6 then least(1, aggregate(
        sequence(1, cast({{ a }} as bigint)),
        struct(
            {{ log_beta(c, '(' ~ d ~ ' + ' ~ b ~ ')') }}
            - {{ log_beta(c, d) }} as log_term,
            0d as total
        ),
        (sums, each) -> struct(
            sums.log_term + ln(
                ({{ c }} + each - 1) * ({{ b }} + each - 1)
                / ({{ c }} + {{ d }} + {{ b }} + each - 1) / each
            ) as log_term,
            sums.total + exp(sums.log_term) as total
        ),
        sums -> sums.total
    ))
end
{%- endmacro %}
