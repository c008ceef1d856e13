{{ config(meta={'fingerprint': 'content'}) }}

select *
from {{ ref('definitions') }}
where file in ('path_groupings', 'path_exclusions')
