with verdicts as (
    select * from {{ ref('experiment_verdicts') }}
    where slice_type = 'day'
)

select
    verdicts.experiment,
    verdicts.metric,
    verdicts.variant,
    cast(verdicts.slice as date) as result_date,
    {{ verdict_columns('verdicts') }}
from verdicts
