with definitions as (
    select * from {{ ref('definitions') }}
)

select
    {{ cell('retention') }} as retention,
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
    cast({{ cell('minimum_returns') }} as integer) as minimum_returns,
    cast({{ cell('period_count') }} as integer) as period_count,
    {{ cell('breakdown_property') }} as breakdown_property,
    {{ parse_timestamp(cell('cohort_from')) }} as cohort_from,
    {{ parse_timestamp(cell('cohort_until')) }} as cohort_until
from definitions
where definitions.file = 'retentions'
