{{ config(meta={'follows': 'people'}) }}

-- Where sessions have a greatest length, the moments at which longer ones are cut.
with recursive spaced as (
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

moments as (
    select distinct spaced.*
    from spaced
    qualify
        max(spaced.occurred_at) over (
            partition by spaced.person_id, spaced.device_id, spaced.opened_at
        ) > spaced.opened_at + interval '{{ var("session_max_hours") }} hours'
),

later as (
    select
        moments.*,
        moments.occurred_at + interval '{{ var("session_max_hours") }} hours' as ends_at
    from moments
),

-- For each moment at which a session could begin, the first that is too late for it.
links as (
    select
        later.person_id,
        later.device_id,
        later.opened_at,
        later.occurred_at as started_at,
        moments.occurred_at as next_started_at
    from later
    asof inner join moments
        on
            later.person_id = moments.person_id
            and later.device_id = moments.device_id
            and later.opened_at = moments.opened_at
            and later.ends_at < moments.occurred_at
),

cuts as (
    select
        links.person_id,
        links.device_id,
        links.opened_at,
        links.next_started_at as started_at
    from links
    where links.started_at = links.opened_at

    union all

    select
        links.person_id,
        links.device_id,
        links.opened_at,
        links.next_started_at as started_at
    from cuts
    inner join links
        on
            cuts.person_id = links.person_id
            and cuts.device_id = links.device_id
            and cuts.opened_at = links.opened_at
            and cuts.started_at = links.started_at
)

select
    cuts.person_id,
    cuts.device_id,
    cuts.started_at
from cuts
