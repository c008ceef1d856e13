with definition_rows as (
    select * from {{ ref('defaulted_definitions') }}
),

experiments as (
    select
        definition_rows.row_number,
        {{ cell('experiment', 'definition_rows') }} as experiment,
        {{ cell('control_variant', 'definition_rows') }} as control_variant
    from definition_rows
    where definition_rows.file = 'experiments'
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
),

metrics as (
    select
        definition_rows.row_number,
        {{ cell('metric_type', 'definition_rows') }} as metric_type,
        {{ cell('value_property', 'definition_rows') }} as value_property,
        {{ cell('denominator_event', 'definition_rows') }} as denominator_event
    from definition_rows
    where definition_rows.file = 'experiment_metrics'
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
    'experiment_variants' as file,
    shares.row_number,
    'expected_share' as column_name,
    cast(shares.share_total as varchar) as value,
    'expected shares that add up to 1, or none at all' as fault
from shares
where
    shares.share_count > 0
    and (
        shares.share_count < shares.variant_count
        or abs(shares.share_total - 1) > 0.000001
    )

union all

select
    'experiment_metrics' as file,
    metrics.row_number,
    'value_property' as column_name,
    metrics.value_property as value,
    'a metric of type mean needs the property to add up' as fault
from metrics
where metrics.metric_type = 'mean' and metrics.value_property is null

union all

select
    'experiment_metrics' as file,
    metrics.row_number,
    'denominator_event' as column_name,
    metrics.denominator_event as value,
    'a metric of type ratio needs the event to divide by' as fault
from metrics
where metrics.metric_type = 'ratio' and metrics.denominator_event is null
