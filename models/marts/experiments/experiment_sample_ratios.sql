with experiment_variants as (
    select * from {{ ref('experiment_variant_definitions') }}
),

experiment_exposures as (
    select * from {{ ref('experiment_exposures') }}
    where is_unit
),

segment_statistics as (
    select * from {{ ref('experiment_segment_statistics') }}
),

slices as (
    select distinct
        experiment_variants.experiment,
        cast(null as string) as segment_property,
        cast(null as string) as segment
    from experiment_variants

    union all

    select distinct
        segment_statistics.experiment,
        segment_statistics.segment_property,
        segment_statistics.segment
    from segment_statistics
),

counts as (
    select
        experiment_exposures.experiment,
        cast(null as string) as segment_property,
        cast(null as string) as segment,
        experiment_exposures.variant,
        count(*) as units
    from experiment_exposures
    group by experiment_exposures.experiment, experiment_exposures.variant

    union all

    -- Every metric has the same units.
    select
        segment_statistics.experiment,
        segment_statistics.segment_property,
        segment_statistics.segment,
        segment_statistics.variant,
        max(segment_statistics.units) as units
    from segment_statistics
    group by all
),

observed as (
    select
        slices.*,
        experiment_variants.expected_share,
        coalesce(counts.units, 0) as units,
        sum(coalesce(counts.units, 0)) over (
            partition by slices.experiment, slices.segment_property, slices.segment
        ) * experiment_variants.expected_share as expected_units
    from slices
    inner join experiment_variants
        on slices.experiment = experiment_variants.experiment
    left join counts
        on
            slices.experiment = counts.experiment
            and slices.segment_property is not distinct from counts.segment_property
            and slices.segment is not distinct from counts.segment
            and experiment_variants.variant = counts.variant
),

compared as (
    select
        observed.experiment,
        observed.segment_property,
        observed.segment,
        sum(
            power(observed.units - observed.expected_units, 2)
            / nullif(observed.expected_units, 0)
        ) as srm_chi_square,
        cast(count(*) - 1 as double) as degrees_of_freedom
    from observed
    group by observed.experiment, observed.segment_property, observed.segment
),

tested as (
    select
        compared.*,
        case
            when compared.degrees_of_freedom > 0
                then {{ chi_square_tail(
                    'compared.srm_chi_square', 'compared.degrees_of_freedom'
                ) }}
        end as tail
    from compared
)

-- The chi-square of the units of each variant against their expected shares.
select
    tested.experiment,
    tested.segment_property,
    tested.segment,
    tested.srm_chi_square,
    {{ at_most(1, 'tested.tail') }} as srm_p_value,
    tested.tail < 0.001 as is_sample_ratio_mismatch
from tested
