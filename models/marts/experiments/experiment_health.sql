with experiment_definitions as (
    select * from {{ ref('experiment_definitions') }}
),

experiment_variants as (
    select * from {{ ref('experiment_variant_definitions') }}
),

experiment_exposures as (
    select * from {{ ref('experiment_exposures') }}
),

observed as (
    select
        experiment_variants.experiment,
        experiment_variants.variant,
        experiment_variants.expected_share,
        count(experiment_exposures.person_id) as units
    from experiment_variants
    left join experiment_exposures
        on
            experiment_variants.experiment = experiment_exposures.experiment
            and experiment_variants.variant = experiment_exposures.variant
            and not experiment_exposures.is_multi_variant
    group by
        experiment_variants.experiment, experiment_variants.variant,
        experiment_variants.expected_share
),

expected as (
    select
        observed.*,
        observed.expected_share
        * sum(observed.units) over (partition by observed.experiment) as expected_units
    from observed
),

compared as (
    select
        expected.experiment,
        sum(
            power(expected.units - expected.expected_units, 2)
            / nullif(expected.expected_units, 0)
        ) as srm_chi_square,
        cast(count(*) - 1 as double) as degrees_of_freedom
    from expected
    group by expected.experiment
),

exposed as (
    select
        experiment_exposures.experiment,
        count(*) as exposed_units,
        count(*) filter (where experiment_exposures.is_multi_variant)
            as excluded_multi_variant_units
    from experiment_exposures
    group by experiment_exposures.experiment
),

tested as (
    select
        compared.*,
        case
            when compared.degrees_of_freedom > 0
                then {{ chi_square_tail(
                    'compared.srm_chi_square', 'compared.degrees_of_freedom'
                ) }}
        end as srm_p_value
    from compared
)

select
    experiment_definitions.experiment,
    coalesce(exposed.exposed_units, 0) as exposed_units,
    coalesce(exposed.excluded_multi_variant_units, 0) as excluded_multi_variant_units,
    tested.srm_chi_square,
    case when tested.srm_p_value > 1 then 1 else tested.srm_p_value end as srm_p_value,
    tested.srm_p_value < 0.001 as is_sample_ratio_mismatch
from experiment_definitions
left join exposed
    on experiment_definitions.experiment = exposed.experiment
left join tested
    on experiment_definitions.experiment = tested.experiment
