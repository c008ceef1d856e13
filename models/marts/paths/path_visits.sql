{{ config(materialized='view') }}

with path_unit_visits as (
    select * from {{ ref('path_unit_visits') }}
),

path_definitions as (
    select * from {{ ref('path_definitions') }}
),

cohort_people as (
    select distinct
        cohort,
        person_id
    from {{ ref('cohort_members') }}
)

-- Who is of a cohort changes as time goes by, also of those of whom nothing is heard.
select path_unit_visits.*
from path_unit_visits
inner join path_definitions
    on path_unit_visits.path_report = path_definitions.path_report
left join cohort_people
    on
        path_definitions.cohort = cohort_people.cohort
        and path_unit_visits.person_id = cohort_people.person_id
where
    path_definitions.cohort is null
    or cohort_people.person_id is not null
