with active_people_daily as (
    select * from {{ ref('active_people_daily') }}
),

sessions as (
    select * from {{ ref('sessions') }}
),

session_days as (
    select
        cast({{ local_time('sessions.started_at') }} as date) as activity_date,
        count(*) as sessions,
        avg(sessions.event_count) as events_per_session,
        percentile_cont(0.5) within group (order by sessions.duration_seconds)
            as median_session_seconds
    from sessions
    group by all
)

select
    active_people_daily.activity_date,
    active_people_daily.daily_active_people,
    active_people_daily.weekly_active_people,
    active_people_daily.monthly_active_people,
    avg(active_people_daily.daily_active_people) over (
        order by active_people_daily.activity_date
        rows between 29 preceding and current row
    ) / nullif(active_people_daily.monthly_active_people, 0) as stickiness,
    coalesce(session_days.sessions, 0) as sessions,
    session_days.events_per_session,
    session_days.median_session_seconds
from active_people_daily
left join session_days
    on active_people_daily.activity_date = session_days.activity_date
