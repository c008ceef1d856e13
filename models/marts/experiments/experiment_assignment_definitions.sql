{{ config(meta={'fingerprint': 'content'}) }}

select *
from {{ ref('definitions') }}
where file = 'experiment_assignments'
