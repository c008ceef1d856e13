{{ config(meta={'follows': 'people'}) }}

-- Where sessions have a greatest length, the moments at which longer ones are cut.
with spaced as (
    select
        spaced_interactions.person_id,
        spaced_interactions.device_id,
        spaced_interactions.occurred_at,
        max(case
            when spaced_interactions.is_session_start
                then spaced_interactions.occurred_at
        end) over (
            partition by spaced_interactions.person_id, spaced_interactions.device_id
            order by spaced_interactions.occurred_at
        ) as opened_at
    from {{ ref('spaced_interactions') }} as spaced_interactions
    where
        spaced_interactions.source_session_id is null
        and {{ var('session_max_hours') }} > 0
),

sessions as (
    select
        spaced.person_id,
        spaced.device_id,
        {{ list_in_order('spaced.occurred_at', 'spaced.occurred_at') }} as moments
    from spaced
    group by spaced.person_id, spaced.device_id, spaced.opened_at
    having
        max(spaced.occurred_at)
        > spaced.opened_at + interval '{{ var("session_max_hours") }} hours'
)

select
    sessions.person_id,
    sessions.device_id,
    {{ list_elements(moments_cut(
        'sessions.moments', "interval '" ~ var('session_max_hours') ~ " hours'"
    )) }} as started_at
from sessions
