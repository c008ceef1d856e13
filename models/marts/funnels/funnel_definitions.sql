{{ config(meta={'fingerprint': 'content'}) }}

with definitions as (
    select * from {{ ref('definitions') }}
)

select
    {{ cell('funnel') }} as funnel,
    {{ cell('unit') }} as unit,
    {{ cell('order_rule') }} as order_rule,
    -- A hundred years are as good as for ever, and fit a timestamp.
    least(
        3155760000,
        cast({{ cell('window_amount') }} as double)
        * case {{ cell('window_unit') }}
            when 'second' then 1
            when 'minute' then 60
            when 'hour' then 3600
            when 'day' then 86400
            when 'week' then 604800
            when 'month' then 2592000
        end
    ) as window_seconds,
    {{ cell('reentry_rule') }} as reentry_rule,
    {{ cell('exclusion_rule') }} as exclusion_rule,
    least(3155760000, cast({{ cell('grace_seconds') }} as double)) as grace_seconds,
    {{ cell('held_property') }} as held_property,
    {{ cell('entry_rule') }} as entry_rule,
    {{ cell('breakdown_property') }} as breakdown_property,
    -- Properties of the person, the session or a cohort are as of step 1.
    case
        when {{ is_prefixed_property(cell('breakdown_property')) }} then 'first_touch'
        else {{ cell('breakdown_rule') }}
    end as breakdown_rule,
    try_cast(replace({{ cell('breakdown_rule') }}, 'step_', '') as integer)
        as breakdown_step,
    {{ cell('trend_period') }} as trend_period,
    {{ parse_timestamp(cell('entered_from')) }} as entered_from,
    {{ parse_timestamp(cell('entered_until')) }} as entered_until,
    {{ cell('cohort') }} as cohort,
    {{ cell('has_drivers') }} = 'true' as has_drivers
from definitions
where definitions.file = 'funnels'
