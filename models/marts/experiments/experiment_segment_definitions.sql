{{ config(meta={'fingerprint': 'content'}) }}

with definitions as (
    select * from {{ ref('definitions') }}
    where file = 'experiment_segments'
)

select
    {{ cell('experiment') }} as experiment,
    {{ cell('segment_property') }} as segment_property
from definitions
