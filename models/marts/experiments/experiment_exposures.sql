with experiment_definitions as (
    select * from {{ ref('experiment_definitions') }}
),

experiment_variants as (
    select * from {{ ref('experiment_variant_definitions') }}
),

matched_events as (
    select * from {{ ref('matched_events') }}
),

told as (
    select
        experiment,
        person_id,
        variant,
        exposed_at,
        event_key,
        person_position,
        is_bot
    from {{ ref('experiment_exposure_events') }}

    union all

    select
        experiment,
        person_id,
        variant,
        exposed_at,
        null as event_key,
        null as person_position,
        false as is_bot
    from {{ ref('experiment_assigned_exposures') }}
),

exposures as (
    select
        told.*,
        experiment_variants.variant as listed_variant,
        experiment_definitions.trigger_event,
        experiment_definitions.ended_at
    from told
    inner join experiment_definitions
        on told.experiment = experiment_definitions.experiment
    left join experiment_variants
        on
            told.experiment = experiment_variants.experiment
            and told.variant = experiment_variants.variant
    where
        nullif(told.variant, '') is not null
        and told.exposed_at
        >= coalesce(experiment_definitions.started_at, timestamp '0001-01-01')
        and told.exposed_at
        < coalesce(experiment_definitions.ended_at, timestamp '9999-01-01')
),

-- Who was shown two variants belongs to neither, also where one of them is not listed.
exposed as (
    select
        exposures.experiment,
        exposures.person_id,
        exposures.trigger_event,
        exposures.ended_at,
        min(exposures.listed_variant) as variant,
        bool_or(exposures.listed_variant is null) as has_unlisted_variant,
        count(distinct exposures.variant) > 1 as is_multi_variant,
        bool_or(exposures.is_bot) as is_bot,
        min(exposures.exposed_at) as first_exposed_at,
        min_by(exposures.event_key, exposures.person_position) filter (
            where exposures.event_key is not null
        ) as event_key
    from exposures
    group by
        exposures.experiment, exposures.person_id, exposures.trigger_event,
        exposures.ended_at
),

triggered as (
    select
        exposed.experiment,
        exposed.person_id,
        min(matched_events.occurred_at) as triggered_at
    from exposed
    inner join matched_events
        on
            exposed.trigger_event = matched_events.event
            and exposed.person_id = matched_events.person_id
            and exposed.first_exposed_at <= matched_events.occurred_at
            and coalesce(exposed.ended_at > matched_events.occurred_at, true)
    group by exposed.experiment, exposed.person_id
)

-- With a trigger those count who came to it while the experiment ran, from then on.
select
    exposed.experiment,
    exposed.person_id,
    case
        when exposed.trigger_event is null or triggered.triggered_at is not null
            then exposed.variant
    end as variant,
    exposed.has_unlisted_variant,
    exposed.is_multi_variant,
    exposed.is_bot,
    exposed.variant is not null and not exposed.is_multi_variant and not exposed.is_bot
        as is_unit,
    exposed.event_key,
    exposed.first_exposed_at,
    coalesce(triggered.triggered_at, exposed.first_exposed_at) as exposed_at
from exposed
left join triggered
    on
        exposed.experiment = triggered.experiment
        and exposed.person_id = triggered.person_id
where
    exposed.trigger_event is null
    or triggered.triggered_at is not null
    or exposed.has_unlisted_variant
