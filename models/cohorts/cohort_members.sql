with cohort_spells as (
    select * from {{ ref('cohort_spells') }}
),

data_bounds as (
    select greatest(as_of, last_event_at) as ends_at from {{ ref('data_bounds') }}
)

-- What would happen after the end of the data, were nothing more to come, is left out.
select
    cohort_spells.cohort,
    cohort_spells.person_id,
    cohort_spells.entered_at,
    case
        when cohort_spells.exited_at <= data_bounds.ends_at then cohort_spells.exited_at
    end as exited_at
from cohort_spells
cross join data_bounds
where cohort_spells.entered_at <= data_bounds.ends_at
