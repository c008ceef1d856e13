{{ config(meta={'fingerprint': 'content'}) }}

with definitions as (
    select * from {{ ref('definitions') }}
),

retentions as (
    select
        {{ cell('retention') }} as retention,
        {{ cell('unit') }} as unit,
        {{ defined_name(cell('cohort_event')) }} as cohort_event,
        {{ defined_name(cell('return_event')) }} as return_event,
        {{ cell('cohort_rule') }} as cohort_rule,
        {{ cell('return_rule') }} as return_rule,
        {{ cell('period') }} as period,
        case {{ cell('period') }}
            when 'day' then 86400
            when 'week' then 604800
            when 'month' then 2592000
        end as period_seconds,
        {{ cell('clock') }} as clock,
        {{ whole_cell('minimum_returns') }} as minimum_returns,
        {{ whole_cell('period_count') }} as period_count,
        {{ cell('breakdown_property') }} as breakdown_property,
        {{ cell('value_property') }} as value_property,
        {{ cell('cohort') }} as cohort,
        {{ parse_timestamp(cell('cohort_from')) }} as cohort_from,
        {{ parse_timestamp(cell('cohort_until')) }} as cohort_until
    from definitions
    where definitions.file = 'retentions'
)

-- Retentions that count the same returns in the same way read them together.
select
    retentions.*,
    dense_rank() over (
        order by
            retentions.return_event, retentions.unit, retentions.period,
            retentions.clock, retentions.minimum_returns
    ) as reading
from retentions
