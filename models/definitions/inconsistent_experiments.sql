with definition_rows as (
    select * from {{ ref('defaulted_definitions') }}
),

experiments as (
    select
        definition_rows.row_number,
        {{ cell('experiment', 'definition_rows') }} as experiment,
        {{ cell('control_variant', 'definition_rows') }} as control_variant,
        {{ cell('exposure_event', 'definition_rows') }} as exposure_event,
        {{ cell('experiment_property', 'definition_rows') }} as experiment_property,
        {{ cell('experiment_value', 'definition_rows') }} as experiment_value,
        {{ cell('ended_at', 'definition_rows') }} as ended_at,
        {{ parse_timestamp(cell('started_at', 'definition_rows')) }} as starts,
        {{ parse_timestamp(cell('ended_at', 'definition_rows')) }} as ends
    from definition_rows
    where definition_rows.file = 'experiments'
),

assigned as (
    select distinct {{ cell('experiment', 'definition_rows') }} as experiment
    from definition_rows
    where definition_rows.file = 'experiment_assignments'
),

variants as (
    select
        definition_rows.row_number,
        {{ cell('experiment', 'definition_rows') }} as experiment,
        {{ cell('variant', 'definition_rows') }} as variant,
        try_cast({{ cell('expected_share', 'definition_rows') }} as double) as share
    from definition_rows
    where definition_rows.file = 'experiment_variants'
),

shares as (
    select
        variants.experiment,
        max(variants.row_number) as row_number,
        sum(variants.share) as share_total,
        count(*) as variant_count,
        count(variants.share) as share_count
    from variants
    group by variants.experiment
)

select
    'experiments' as file,
    experiments.row_number,
    'control_variant' as column_name,
    experiments.control_variant as value,
    'expected a variant that experiment_variants.csv lists for it' as fault
from experiments
left join variants
    on
        experiments.experiment = variants.experiment
        and experiments.control_variant = variants.variant
where variants.variant is null

union all

select
    'experiments' as file,
    experiments.row_number,
    'exposure_event' as column_name,
    cast(null as string) as value,
    'expected an event, or rows of the experiment in experiment_assignments.csv'
        as fault
from experiments
left join assigned
    on experiments.experiment = assigned.experiment
where
    experiments.exposure_event is null
    and assigned.experiment is null
    and '{{ var("experiment_assignments") }}' = ''

union all

select
    'experiments' as file,
    experiments.row_number,
    'experiment_property' as column_name,
    cast(null as string) as value,
    'expected the property that experiment_value is of' as fault
from experiments
where
    experiments.experiment_property is null
    and experiments.experiment_value is not null

union all

select
    'experiments' as file,
    experiments.row_number,
    'ended_at' as column_name,
    experiments.ended_at as value,
    'expected a time after started_at' as fault
from experiments
where experiments.ends <= experiments.starts

union all

select
    'experiment_variants' as file,
    shares.row_number,
    'variant' as column_name,
    cast(null as string) as value,
    'expected at least two variants of the experiment' as fault
from shares
where shares.variant_count = 1

union all

select
    'experiment_variants' as file,
    shares.row_number,
    'expected_share' as column_name,
    cast(shares.share_total as string) as value,
    'expected shares that add up to 1, or none at all' as fault
from shares
where
    shares.share_count > 0
    and (
        shares.share_count < shares.variant_count
        or abs(shares.share_total - 1) > 0.000001
    )
