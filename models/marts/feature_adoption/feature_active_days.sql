{{ config(meta={'follows': 'people'}) }}

with session_events as (
    select * from {{ ref('session_events') }}
    where
        is_interaction
        and person_id is not null
),

feature_uses as (
    select * from {{ ref('feature_uses') }}
    where not is_interaction
),

-- Who used a feature was active, be it through a server.
activities as (
    select
        session_events.person_id,
        session_events.occurred_at
    from session_events

    union all

    select
        feature_uses.person_id,
        feature_uses.occurred_at
    from feature_uses
)

select
    activities.person_id,
    {{ local_day('activities.occurred_at') }} as activity_date,
    min(activities.occurred_at) as first_active_at,
    max(activities.occurred_at) as last_active_at
from activities
group by all
