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
{{ join_nearest(
    'left', 'cohort_members',
    {'wanted.person_id': 'person_id', 'wanted.property_name': 'property_name'},
    'wanted.occurred_at', '>=', 'entered_at'
) }}
