{{ config(materialized='view') }}

with event_property_values as (
    select * from {{ ref('event_property_values') }}
),

person_property_values as (
    select * from {{ ref('person_property_values') }}
),

cohort_property_values as (
    select * from {{ ref('cohort_property_values') }}
)

select
    event_property_values.event_key,
    event_property_values.property_name,
    event_property_values.property_value
from event_property_values

union all

select
    person_property_values.event_key,
    person_property_values.property_name,
    person_property_values.property_value
from person_property_values

union all

select
    cohort_property_values.event_key,
    cohort_property_values.property_name,
    cohort_property_values.property_value
from cohort_property_values
