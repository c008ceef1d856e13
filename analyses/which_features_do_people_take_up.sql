with feature_adoption as (
    select * from {{ ref('feature_adoption') }}
)

select
    feature_adoption.feature,
    feature_adoption.adopters,
    round(feature_adoption.adoption_rate, 3) as adoption_rate,
    round(feature_adoption.repeat_rate, 3) as repeat_rate,
    round(feature_adoption.median_seconds_to_adopt / 86400, 1) as median_days_to_adopt
from feature_adoption
order by feature_adoption.adopters desc, feature_adoption.feature asc
