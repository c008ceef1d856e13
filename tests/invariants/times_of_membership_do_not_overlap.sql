-- A person is in a cohort once at a time, leaves before entering again, and is in none
-- before being first seen.
with memberships as (
    select
        cohort_members.*,
        people.first_seen_at,
        lead(cohort_members.entered_at) over (
            partition by cohort_members.cohort, cohort_members.person_id
            order by cohort_members.entered_at
        ) as next_entered_at
    from {{ ref('cohort_members') }} as cohort_members
    left join {{ ref('people') }} as people
        on cohort_members.person_id = people.person_id
)

select *
from memberships
where
    (memberships.entered_at >= memberships.first_seen_at) is not true
    or (
        memberships.next_entered_at is not null
        and (memberships.exited_at < memberships.next_entered_at) is not true
    )
