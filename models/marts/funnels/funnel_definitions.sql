with definitions as (
    select * from {{ ref('definitions') }}
)

select
    {{ cell('funnel') }} as funnel,
    {{ cell('unit') }} as unit,
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
    {{ cell('entry_rule') }} as entry_rule,
    {{ cell('breakdown_property') }} as breakdown_property,
    {{ cell('trend_period') }} as trend_period,
    {{ parse_timestamp(cell('entered_from')) }} as entered_from,
    {{ parse_timestamp(cell('entered_until')) }} as entered_until
from definitions
where definitions.file = 'funnels'
