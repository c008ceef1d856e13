with feature_list as (
    select * from {{ ref('feature_list') }}
),

feature_audiences as (
    select * from {{ ref('feature_audiences') }}
),

feature_active_days as (
    select * from {{ ref('feature_active_days') }}
),

feature_adopters as (
    select * from {{ ref('feature_adopters') }}
),

bounds as (
    select
        as_of,
        as_of - interval 28 day as last_days_begin
    from {{ ref('data_bounds') }}
),

active_lately as (
    select distinct feature_active_days.person_id
    from feature_active_days
    cross join bounds
    where
        feature_active_days.last_active_at >= bounds.last_days_begin
        and feature_active_days.first_active_at <= bounds.as_of
),

-- Who was active before the last 28 days, and whether they still are.
judged as (
    select
        feature_audiences.audience,
        feature_audiences.person_id,
        active_lately.person_id is not null as is_retained
    from feature_audiences
    cross join bounds
    left join active_lately
        on feature_audiences.person_id = active_lately.person_id
    where feature_audiences.first_active_at < bounds.last_days_begin
),

audiences as (
    select
        judged.audience,
        count(*) filter (where judged.is_retained) as retained_people,
        count(*) filter (where not judged.is_retained) as lost_people
    from judged
    group by judged.audience
),

-- Only what was found before those days counts: who stayed had more time to find more.
users as (
    select
        feature_adopters.feature,
        count(*) filter (where judged.is_retained) as retained_users,
        count(*) filter (where not judged.is_retained) as lost_users
    from feature_adopters
    cross join bounds
    inner join judged
        on
            feature_adopters.audience = judged.audience
            and feature_adopters.person_id = judged.person_id
    where feature_adopters.first_used_at < bounds.last_days_begin
    group by feature_adopters.feature
)

select
    feature_list.feature,
    coalesce(audiences.retained_people, 0) as retained_people,
    coalesce(audiences.lost_people, 0) as lost_people,
    coalesce(users.retained_users, 0) as retained_users,
    coalesce(users.lost_users, 0) as lost_users
from feature_list
left join audiences
    on feature_list.audience = audiences.audience
left join users
    on feature_list.feature = users.feature
