{# What speaks against an experiment's results, as codes with bars between; empty: nothing. #}
{% macro experiment_warnings(health) -%}
{%- set h = health -%}
concat_ws(
    '|',
    case when {{ h }}.exposed_units = 0 then 'no_units' end,
    case when {{ h }}.unlisted_variant_units > 0 then 'unlisted_variant' end,
    case when {{ h }}.is_sample_ratio_mismatch then 'sample_ratio_mismatch' end,
    case when {{ h }}.segment_srm_p_value < 0.001 then 'sample_ratio_mismatch_in_segment' end,
    case when {{ h }}.excluded_multi_variant_units > 0.01 * {{ h }}.exposed_units
        then 'crossovers' end,
    case when {{ h }}.excluded_bot_units > 0.05 * {{ h }}.exposed_units then 'bots' end,
    case when {{ h }}.pre_period_p_value < 0.001 then 'pre_period_imbalance' end,
    case when {{ h }}.novelty_p_value < 0.01 then 'novelty' end,
    case when {{ h }}.is_underpowered then 'underpowered' end,
    case when {{ h }}.is_running then 'running' end
)
{%- endmacro %}
