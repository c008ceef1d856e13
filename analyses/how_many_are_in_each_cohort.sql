with cohort_members as (
    select * from {{ ref('cohort_members') }}
)

select
    cohort_members.cohort,
    count(distinct cohort_members.person_id) as ever_members,
    count(distinct cohort_members.person_id) filter (
        where cohort_members.exited_at is null
    ) as members_now,
    count(*) - count(distinct cohort_members.person_id) as came_back
from cohort_members
group by cohort_members.cohort
order by cohort_members.cohort
