{{ config(meta={'follows': 'people'}) }}

with feature_uses as (
    select * from {{ ref('feature_uses') }}
)

select
    feature_uses.feature_name,
    feature_uses.feature,
    feature_uses.person_id,
    {{ local_day('feature_uses.occurred_at') }} as activity_date,
    count(*) as use_count,
    min(feature_uses.occurred_at) as first_used_at
from feature_uses
group by all
