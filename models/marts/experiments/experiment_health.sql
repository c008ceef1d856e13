with experiment_definitions as (
    select * from {{ ref('experiment_definitions') }}
),

experiment_exposures as (
    select * from {{ ref('experiment_exposures') }}
),

sample_ratios as (
    select * from {{ ref('experiment_sample_ratios') }}
),

data_bounds as (
    select * from {{ ref('data_bounds') }}
),

exposed as (
    select
        experiment_exposures.experiment,
        count(experiment_exposures.variant) as exposed_units,
        count(experiment_exposures.variant) filter (
            where experiment_exposures.is_multi_variant
        ) as excluded_multi_variant_units,
        count(experiment_exposures.variant) filter (
            where
            experiment_exposures.is_bot and not experiment_exposures.is_multi_variant
        ) as excluded_bot_units,
        count(*) filter (where experiment_exposures.has_unlisted_variant)
            as unlisted_variant_units
    from experiment_exposures
    group by experiment_exposures.experiment
),

-- Of several tests the least p-value, as often as it had a chance to be small.
segments as (
    select
        sample_ratios.experiment,
        min(sample_ratios.srm_p_value) * count(sample_ratios.srm_p_value)
            as segment_srm_p_value
    from sample_ratios
    where sample_ratios.segment_property is not null
    group by sample_ratios.experiment
),

balance as (
    select
        tests.experiment,
        min(tests.p_value) filter (where tests.test = 'pre_period')
        * count(tests.p_value) filter (where tests.test = 'pre_period')
            as pre_period_p_value,
        min(tests.p_value) filter (where tests.test = 'novelty')
        * count(tests.p_value) filter (where tests.test = 'novelty')
            as novelty_p_value
    from {{ ref('experiment_balance') }} as tests
    group by tests.experiment
),

power as (
    select
        experiment_power.experiment,
        bool_or(
            coalesce(
                experiment_power.minimum_detectable_effect
                > experiment_power.minimum_effect, true
            )
        ) as is_underpowered
    from {{ ref('experiment_power') }} as experiment_power
    where experiment_power.is_primary
    group by experiment_power.experiment
),

gathered as (
    select
        experiment_definitions.experiment,
        coalesce(exposed.exposed_units, 0) as exposed_units,
        coalesce(exposed.excluded_multi_variant_units, 0)
            as excluded_multi_variant_units,
        coalesce(exposed.excluded_bot_units, 0) as excluded_bot_units,
        coalesce(exposed.unlisted_variant_units, 0) as unlisted_variant_units,
        sample_ratios.srm_chi_square,
        sample_ratios.srm_p_value,
        sample_ratios.srm_p_value < 0.001 as is_sample_ratio_mismatch,
        {{ at_most(1, 'segments.segment_srm_p_value') }} as segment_srm_p_value,
        {{ at_most(1, 'balance.pre_period_p_value') }} as pre_period_p_value,
        {{ at_most(1, 'balance.novelty_p_value') }} as novelty_p_value,
        power.is_underpowered,
        coalesce(data_bounds.as_of < experiment_definitions.ended_at, true)
            as is_running
    from experiment_definitions
    left join exposed
        on experiment_definitions.experiment = exposed.experiment
    left join sample_ratios
        on
            experiment_definitions.experiment = sample_ratios.experiment
            and sample_ratios.segment_property is null
    left join segments
        on experiment_definitions.experiment = segments.experiment
    left join balance
        on experiment_definitions.experiment = balance.experiment
    left join power
        on experiment_definitions.experiment = power.experiment
    cross join data_bounds
),

warned as (
    select
        gathered.*,
        {{ experiment_warnings('gathered') }} as warnings
    from gathered
)

select
    warned.*,
    warned.warnings not like '%no_units%'
    and warned.warnings not like '%sample_ratio%'
    and warned.warnings not like '%imbalance%' as is_trustworthy
from warned
