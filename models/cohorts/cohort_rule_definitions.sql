{{ config(meta={'fingerprint': 'content'}) }}

with definitions as (
    select * from {{ ref('definitions') }}
    where file = 'cohort_rules'
),

rules as (
    select
        {{ cell('cohort') }} as cohort,
        {{ whole_cell('alternative') }} as alternative,
        {{ cell('rule') }} as rule,
        {{ defined_name(cell('event')) }} as event,
        {{ cell('property_name') }} as property_name,
        {{ cell('operator') }} as operator,
        {{ cell('property_value') }} as property_value,
        {{ cell('occurrence') }} as occurrence,
        {{ defined_name(cell('then_event')) }} as then_event,
        cast({{ cell('then_within_days') }} as double) * 86400 as then_within_seconds,
        {{ cell('value_property') }} as value_property,
        {{ cell('comparison') }} as comparison,
        {{ money(cell('count')) }} as threshold,
        -- A hundred years are as good as for ever, and fit a timestamp.
        {{ at_most('36525', 'cast(' ~ cell('within_days') ~ ' as double)') }} * 86400
            as window_seconds,
        {{ cell('is_negated') }} = 'true' as is_negated
    from definitions
)

select
    rules.*,
    {{ cohort_rule_holds('0', 'rules') }} as holds_from_the_start
from rules
