-- What a table of the warehouse says may be another at each build.
{{ config(meta={'is_always_built': var('experiment_assignments') != ''}) }}

with definitions as (
    select * from {{ ref('experiment_assignment_definitions') }}
),

person_identifiers as (
    select * from {{ ref('person_identifiers') }}
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
        identifier_type,
        identifier,
        variant,
        cast(exposed_at as timestamp) as exposed_at
    from {{ var('experiment_assignments') }}
    {%- endif %}
)

-- Whoever stood behind the identifier at that time was exposed.
select
    assignments.experiment,
    person_identifiers.person_id,
    assignments.variant,
    assignments.exposed_at
from assignments
inner join person_identifiers
    on
        assignments.identifier_type = person_identifiers.identifier_type
        and assignments.identifier = person_identifiers.identifier
        and assignments.exposed_at
        >= coalesce(person_identifiers.valid_from, timestamp '0001-01-01')
        and assignments.exposed_at
        < coalesce(person_identifiers.valid_to, timestamp '9999-01-01')
