with verdicts as (
    select * from {{ ref('experiment_verdicts') }}
    where slice_type = 'segment'
)

select
    verdicts.experiment,
    verdicts.metric,
    verdicts.variant,
    verdicts.slice_name as segment_property,
    verdicts.slice as segment,
    {{ verdict_columns('verdicts') }}
from verdicts
