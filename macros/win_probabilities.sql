{#
    The chance that a variant is better than its control, and what is lost on average if it
    is chosen and is worse: relative, with a flat prior and a normal likelihood; of shares
    also of the share itself, with uniform priors (Beta-Bernoulli).
#}
{% macro win_probabilities(verdict) -%}
{%- set v = verdict -%}
{%- set own = [v ~ ".total + 1", v ~ ".units - " ~ v ~ ".total + 1"] -%}
{%- set is_degenerate = "coalesce(" ~ v ~ ".reason, 'zero_mean')"
    " not in ('zero_mean', 'zero_control_mean')" -%}
{%- set control = [v ~ ".control_total + 1", v ~ ".control_units - " ~ v ~ ".control_total + 1"] -%}
{{ normal_chance(v) }} as chance_to_win,
    {{ normal_loss(v) }} as expected_loss,
    case
        when {{ v }}.statistic <> 'share' or {{ is_degenerate }} then null
        when {{ v }}.direction = 'decrease' then {{ beta_chance(control, own) }}
        else {{ beta_chance(own, control) }}
    end as beta_chance_to_win,
    case
        when {{ v }}.statistic <> 'share' or {{ is_degenerate }} then null
        when {{ v }}.direction = 'decrease' then {{ beta_loss(control, own) }}
        else {{ beta_loss(own, control) }}
    end as beta_expected_loss
{%- endmacro %}
