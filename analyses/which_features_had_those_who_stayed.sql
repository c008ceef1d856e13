with feature_retention_contrast as (
    select * from {{ ref('feature_retention_contrast') }}
)

select
    feature_retention_contrast.feature,
    feature_retention_contrast.retained_users,
    feature_retention_contrast.lost_users,
    round(feature_retention_contrast.retained_share, 3) as share_of_retained,
    round(feature_retention_contrast.lost_share, 3) as share_of_lost,
    round(feature_retention_contrast.difference, 3) as difference,
    round(feature_retention_contrast.difference_low, 3) as difference_low,
    round(feature_retention_contrast.difference_high, 3) as difference_high,
    round(feature_retention_contrast.adjusted_p_value, 4) as adjusted_p_value
from feature_retention_contrast
order by
    feature_retention_contrast.phi desc nulls last,
    feature_retention_contrast.feature asc
