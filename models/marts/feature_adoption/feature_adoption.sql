with definitions as (
    select * from {{ ref('definitions') }}
    where file = 'features'
),

feature_uses as (
    select * from {{ ref('feature_uses') }}
),

people as (
    select * from {{ ref('people') }}
),

session_events as (
    select * from {{ ref('session_events') }}
),

-- A feature that nobody has used is there all the same.
features as (
    select {{ cell('feature') }} as feature
    from definitions
    where {{ cell('feature_property') }} is null

    union

    select feature_uses.feature
    from feature_uses
),

-- Who used a feature was active, be it through a server.
active_people as (
    select session_events.person_id
    from session_events
    where session_events.is_interaction

    union

    select feature_uses.person_id
    from feature_uses
),

active as (
    select count(active_people.person_id) as active_people
    from active_people
),

adoptions as (
    select
        feature_uses.feature,
        feature_uses.person_id,
        count(*) as use_count,
        {{ seconds_between(
            'min(people.first_seen_at)', 'min(feature_uses.occurred_at)'
        ) }} as seconds_to_adopt
    from feature_uses
    inner join people
        on feature_uses.person_id = people.person_id
    group by feature_uses.feature, feature_uses.person_id
),

counted as (
    select
        adoptions.feature,
        count(*) as adopters,
        cast(sum(adoptions.use_count) as bigint) as use_count,
        percentile_cont(0.5) within group (order by adoptions.seconds_to_adopt)
            as median_seconds_to_adopt,
        count(*) filter (where adoptions.use_count >= 2) as repeat_users
    from adoptions
    group by adoptions.feature
)

select
    features.feature,
    coalesce(counted.adopters, 0) as adopters,
    active.active_people,
    coalesce(counted.adopters, 0) / nullif(active.active_people, 0) as adoption_rate,
    {{ wilson_low('coalesce(counted.adopters, 0)', 'active.active_people') }}
        as rate_low,
    {{ wilson_high('coalesce(counted.adopters, 0)', 'active.active_people') }}
        as rate_high,
    coalesce(counted.use_count, 0) as use_count,
    counted.median_seconds_to_adopt,
    counted.repeat_users / counted.adopters as repeat_rate
from features
cross join active
left join counted
    on features.feature = counted.feature
