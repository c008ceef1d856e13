{{ config(meta={'fingerprint': 'content'}) }}

with retention_definitions as (
    select * from {{ ref('retention_definitions') }}
),

definitions as (
    select * from {{ ref('definitions') }}
),

brackets as (
    select
        {{ cell('retention') }} as retention,
        {{ whole_cell('bracket') }} as period_number,
        {{ whole_cell('first_period') }} as first_elapsed,
        coalesce({{ whole_cell('last_period') }}, {{ whole_cell('first_period') }})
            as last_elapsed
    from definitions
    where definitions.file = 'retention_brackets'
),

numbered as (
    select
        retention_definitions.retention,
        {{ numbers_up_to(0, 'retention_definitions.period_count') }} as period_number
    from retention_definitions
    where
        retention_definitions.retention not in (select brackets.retention from brackets)
)

-- Column 0 is the cohort's own period, whatever the brackets are.
select
    brackets.retention,
    brackets.period_number,
    brackets.first_elapsed,
    brackets.last_elapsed
from brackets
where brackets.period_number <> 0

union all

select distinct
    brackets.retention,
    0 as period_number,
    0 as first_elapsed,
    0 as last_elapsed
from brackets

union all

select
    numbered.retention,
    cast(numbered.period_number as integer) as period_number,
    cast(numbered.period_number as integer) as first_elapsed,
    cast(numbered.period_number as integer) as last_elapsed
from numbered
