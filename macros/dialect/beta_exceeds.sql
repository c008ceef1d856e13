{#
    The chance that Beta(a, b) exceeds Beta(c, d), for whole a: Miller's closed form
    (Formulas for Bayesian A/B Testing, evanmiller.org). Null above a million terms.
#}
{% macro beta_exceeds(a, b, c, d) %}
    {{- return(adapter.dispatch("beta_exceeds")(a, b, c, d)) -}}
{% endmacro %}

{% macro duckdb__beta_exceeds(a, b, c, d) -%}
case
    when {{ a }} <= 1e6 then least(1, list_sum(list_transform(
        range(cast({{ a }} as bigint)),
        lambda each: exp(
            {{ log_beta('(' ~ c ~ ' + each)', '(' ~ d ~ ' + ' ~ b ~ ')') }}
            - ln({{ b }} + each) - {{ log_beta('(1 + each)', b) }}
            - {{ log_beta(c, d) }}
        )
    )))
end
{%- endmacro %}
