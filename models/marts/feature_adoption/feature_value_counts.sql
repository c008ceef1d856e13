with feature_early_events as (
    select * from {{ ref('feature_early_events') }}
),

feature_active_days as (
    select * from {{ ref('feature_active_days') }}
),

people as (
    select * from {{ ref('people') }}
    where not is_first_seen_in_warmup
),

data_bounds as (
    select * from {{ ref('data_bounds') }}
),

-- Whoever has been watched for 28 days, parted by chance into two halves; whether a day
-- has activity in days 15 to 28 its first and its last tell.
outcomes as (
    select
        feature_active_days.person_id,
        {{ hash_text('feature_active_days.person_id') }} < '8' as is_first_half,
        bool_or(
            feature_active_days.last_active_at
            >= people.first_seen_at + interval 14 day
            and feature_active_days.first_active_at
            < people.first_seen_at + interval 28 day
        ) as is_retained
    from feature_active_days
    inner join people
        on feature_active_days.person_id = people.person_id
    cross join data_bounds
    where people.first_seen_at + interval 28 day <= data_bounds.as_of
    group by feature_active_days.person_id
),

halves as (
    select
        outcomes.is_first_half,
        count(*) as people_count,
        count(*) filter (where outcomes.is_retained) as retained_count
    from outcomes
    group by outcomes.is_first_half
),

early_uses as (
    select
        feature_early_events.event,
        outcomes.is_first_half,
        outcomes.is_retained,
        {{ numbered_elements(
            'feature_early_events.first_seconds', 'minimum_count', 'seconds'
        ) }}
    from feature_early_events
    inner join outcomes
        on feature_early_events.person_id = outcomes.person_id
),

counted_by_day as (
    select
        early_uses.event,
        early_uses.is_first_half,
        early_uses.minimum_count,
        cast(floor(early_uses.seconds / 86400) as integer) as day_number,
        count(*) as met_count,
        count(*) filter (where early_uses.is_retained) as met_retained_count
    from early_uses
    group by all
),

day_numbers as (
    select {{ numbers_up_to(1, 14) }} as within_days
),

-- Who has done it so often within fewer days has done so within more.
counted as (
    select
        counted_by_day.event,
        counted_by_day.minimum_count,
        day_numbers.within_days,
        counted_by_day.is_first_half,
        cast(sum(counted_by_day.met_count) as bigint) as met_count,
        cast(sum(counted_by_day.met_retained_count) as bigint) as met_retained_count
    from counted_by_day
    inner join day_numbers
        on counted_by_day.day_number < day_numbers.within_days
    where day_numbers.within_days in (1, 2, 3, 7, 14)
    group by
        counted_by_day.event, counted_by_day.minimum_count,
        day_numbers.within_days, counted_by_day.is_first_half
)

select
    counted.event,
    cast(counted.minimum_count as integer) as minimum_count,
    cast(counted.within_days as integer) as within_days,
    counted.is_first_half,
    counted.met_count,
    counted.met_retained_count,
    halves.people_count - counted.met_count as unmet_count,
    halves.retained_count - counted.met_retained_count as unmet_retained_count
from counted
inner join halves
    on counted.is_first_half = halves.is_first_half
