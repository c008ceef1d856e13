-- At every moment an identifier stands for exactly one person: its periods begin and
-- end unbounded, and each begins where the one before ends.
with periods as (
    select
        person_identifiers.*,
        row_number() over (
            partition by
                person_identifiers.identifier_type, person_identifiers.identifier
            order by person_identifiers.valid_from asc nulls first
        ) as period_number,
        lead(person_identifiers.valid_from) over (
            partition by
                person_identifiers.identifier_type, person_identifiers.identifier
            order by person_identifiers.valid_from asc nulls first
        ) as next_valid_from
    from {{ ref('person_identifiers') }} as person_identifiers
)

select *
from periods
where
    (periods.period_number = 1) <> (periods.valid_from is null)
    or periods.valid_to is distinct from periods.next_valid_from
    or periods.valid_from >= periods.valid_to
