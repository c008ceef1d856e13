-- What a table of the warehouse says may be another at each build.
{{ config(meta={'is_always_built': var('experiment_assignments') != ''}) }}

with definitions as (
    select * from {{ ref('experiment_assignment_definitions') }}
),

person_identifiers as (
    select * from {{ ref('person_identifiers') }}
),

blocked_identifiers as (
    select lower(trim(identifier)) as identifier from {{ ref('blocked_identifiers') }}
),

assignments as (
    select
        {{ cell('experiment') }} as experiment,
        {{ cell('identifier_type') }} as identifier_type,
        {{ cell('identifier') }} as identifier,
        {{ cell('variant') }} as variant,
        {{ parse_timestamp(cell('exposed_at')) }} as exposed_at
    from definitions
    {%- if var('experiment_assignments') %}

    union all

    select
        experiment,
        coalesce(nullif(identifier_type, ''), 'user') as identifier_type,
        identifier,
        variant,
        cast(exposed_at as timestamp) as exposed_at
    from {{ var('experiment_assignments') }}
    {%- endif %}
),

filtered_people as (
    select distinct
        {{ each_of('identified_events.user_id', 'identified_events.anonymous_id') }}
            as identifier
    from {{ ref('filtered_events') }} as filtered_events
    inner join {{ ref('identified_events') }} as identified_events
        on filtered_events.event_key = identified_events.event_key
    where exists (select 1 from assignments)
)

-- Whoever stood behind the identifier at that time was exposed; who did nothing at all,
-- not even something that is filtered, is a person of that identifier alone.
select
    assignments.experiment,
    coalesce(
        person_identifiers.person_id,
        {{ person_id('assignments.identifier_type', 'assignments.identifier') }}
    ) as person_id,
    assignments.variant,
    assignments.exposed_at
from assignments
left join person_identifiers
    on
        assignments.identifier_type = person_identifiers.identifier_type
        and assignments.identifier = person_identifiers.identifier
where
    {{ unless_blocked('assignments.identifier') }} is not null
    and assignments.exposed_at
    >= coalesce(person_identifiers.valid_from, timestamp '0001-01-01')
    and assignments.exposed_at
    < coalesce(person_identifiers.valid_to, timestamp '9999-01-01')
    and (
        person_identifiers.person_id is not null
        or (
            assignments.identifier_type in ('user', 'anonymous')
            and not exists (
                select 1 from filtered_people
                where filtered_people.identifier = assignments.identifier
            )
        )
    )
