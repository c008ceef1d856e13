{# What the results of a day or of a segment show of a verdict. #}
{% macro verdict_columns(verdicts) -%}
{%- for name in [
    "is_primary", "units", "control_units", "mean", "control_mean", "absolute_effect",
    "absolute_standard_error", "relative_effect", "relative_standard_error"
] -%}
{{ verdicts }}.{{ name }},
    {% endfor -%}
{%- for name, reach in [
    ("relative", "critical_value * " ~ verdicts ~ ".relative_standard_error"),
    ("sequential", "sequential_reach")
] -%}
{{ verdicts }}.relative_effect - {{ verdicts }}.{{ reach }} as {{ name }}_interval_low,
    {{ verdicts }}.relative_effect + {{ verdicts }}.{{ reach }} as {{ name }}_interval_high,
    {{ verdicts }}.{{ name }}_p_value,
    {% endfor -%}
{{ normal_chance(verdicts) }} as chance_to_win,
    {{ verdicts }}.theta as cuped_theta,
    {{ verdicts }}.adjusted_p_value,
    {{ verdicts }}.adjusted_p_value < 1 - {{ verdicts }}.confidence as is_significant,
    {{ verdicts }}.reason
{%- endmacro %}
