with session_events as (
    select * from {{ ref('session_events') }}
    where
        is_interaction
        and person_id is not null
),

data_bounds as (
    select * from {{ ref('data_bounds') }}
),

active_days as (
    select distinct
        session_events.person_id,
        cast({{ local_time('session_events.occurred_at') }} as date) as activity_date
    from session_events
),

bounds as (
    select
        cast({{ local_time('data_bounds.first_event_at') }} as date) as first_date,
        cast({{ local_time('data_bounds.last_event_at') }} as date) as last_date
    from data_bounds
),

day_numbers as (
    select
        bounds.first_date,
        {{ numbers_up_to(0, days_between('bounds.first_date', 'bounds.last_date')) }}
            as day_number
    from bounds
    where bounds.first_date is not null
),

days as (
    select
        {{ add_periods(
            'day_numbers.first_date', "'day'", 'day_numbers.day_number'
        ) }} as activity_date
    from day_numbers
),

spans as (
    select
        active_days.activity_date,
        coalesce(
            {{ days_between(
                'active_days.activity_date',
                'lead(active_days.activity_date) over days_of_person'
            ) }},
            30
        ) as days_until_next
    from active_days
    window days_of_person as (
        partition by active_days.person_id order by active_days.activity_date
    )
),

-- Each person is counted once in each window: from the day of activity on, until
-- the next one or the window's end.
changes as (
    select
        spans.activity_date,
        1 as daily_change,
        1 as weekly_change,
        1 as monthly_change
    from spans

    union all

    select
        {{ add_periods(
            'spans.activity_date', "'day'", 'least(spans.days_until_next, 7)'
        ) }} as activity_date,
        0 as daily_change,
        -1 as weekly_change,
        0 as monthly_change
    from spans

    union all

    select
        {{ add_periods(
            'spans.activity_date', "'day'", 'least(spans.days_until_next, 30)'
        ) }} as activity_date,
        0 as daily_change,
        0 as weekly_change,
        -1 as monthly_change
    from spans
),

daily_changes as (
    select
        days.activity_date,
        coalesce(sum(changes.daily_change), 0) as daily_change,
        coalesce(sum(changes.weekly_change), 0) as weekly_change,
        coalesce(sum(changes.monthly_change), 0) as monthly_change
    from days
    left join changes
        on days.activity_date = changes.activity_date
    group by days.activity_date
)

select
    daily_changes.activity_date,
    cast(daily_changes.daily_change as bigint) as daily_active_people,
    cast(sum(daily_changes.weekly_change) over days_so_far as bigint)
        as weekly_active_people,
    cast(sum(daily_changes.monthly_change) over days_so_far as bigint)
        as monthly_active_people
from daily_changes
window days_so_far as (
    order by daily_changes.activity_date rows unbounded preceding
)
