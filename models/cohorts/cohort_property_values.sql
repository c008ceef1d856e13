with wanted as (
    select * from {{ ref('wanted_properties') }}
    where property_name like 'cohort.%'
),

cohort_members as (
    select
        *,
        concat('cohort.', cohort) as property_name
    from {{ ref('cohort_members') }}
)

select
    wanted.event_key,
    wanted.person_id,
    wanted.property_name,
    case
        when cohort_members.entered_at is null then 'false'
        when cohort_members.exited_at <= wanted.occurred_at then 'false'
        else 'true'
    end as property_value
from wanted
asof left join cohort_members
    on
        wanted.person_id = cohort_members.person_id
        and wanted.property_name = cohort_members.property_name
        and wanted.occurred_at >= cohort_members.entered_at
