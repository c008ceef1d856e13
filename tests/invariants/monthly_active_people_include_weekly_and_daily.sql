-- Who is active on a day is active in the week and the month that end with it; a
-- window grows by no more than the people active on its new day; no day is left out.
with days as (
    select
        engagement_daily.*,
        lag(engagement_daily.activity_date) over dates as previous_date,
        lag(engagement_daily.weekly_active_people, 1, 0) over dates as previous_weekly,
        lag(engagement_daily.monthly_active_people, 1, 0) over dates as previous_monthly
    from {{ ref('engagement_daily') }} as engagement_daily
    window dates as (order by engagement_daily.activity_date)
)

select *
from days
where
    days.daily_active_people < 0
    or days.daily_active_people > days.weekly_active_people
    or days.weekly_active_people > days.monthly_active_people
    or days.weekly_active_people > days.previous_weekly + days.daily_active_people
    or days.monthly_active_people > days.previous_monthly + days.daily_active_people
    or {{ days_between('days.previous_date', 'days.activity_date') }} <> 1
