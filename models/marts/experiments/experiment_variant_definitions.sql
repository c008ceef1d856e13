{{ config(meta={'fingerprint': 'content'}) }}

with definitions as (
    select * from {{ ref('definitions') }}
)

-- Without shares, each variant should have the same.
select
    {{ cell('experiment') }} as experiment,
    {{ cell('variant') }} as variant,
    coalesce(
        cast({{ cell('expected_share') }} as double),
        1 / count(*) over (partition by {{ cell('experiment') }})
    ) as expected_share
from definitions
where definitions.file = 'experiment_variants'
