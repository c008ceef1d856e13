with feature_use_days as (
    select * from {{ ref('feature_use_days') }}
),

feature_definitions as (
    select * from {{ ref('feature_definitions') }}
),

feature_audiences as (
    select * from {{ ref('feature_audiences') }}
),

adopted as (
    select
        feature_use_days.feature_name,
        feature_use_days.feature,
        feature_use_days.person_id,
        cast(sum(feature_use_days.use_count) as bigint) as use_count,
        count(*) as day_count,
        min(feature_use_days.first_used_at) as first_used_at
    from feature_use_days
    group by
        feature_use_days.feature_name, feature_use_days.feature,
        feature_use_days.person_id
)

-- With a cohort the audience are its people. Who used it before their time began has no
-- time to adopt.
select
    adopted.feature_name,
    adopted.feature,
    feature_audiences.audience,
    adopted.person_id,
    feature_audiences.breakdown_value,
    feature_audiences.is_first_seen_in_warmup,
    adopted.use_count,
    adopted.day_count,
    case
        when adopted.first_used_at >= feature_audiences.since_at
            then {{ seconds_between(
                'feature_audiences.since_at', 'adopted.first_used_at'
            ) }}
    end as seconds_to_adopt,
    adopted.first_used_at,
    feature_audiences.since_at,
    feature_audiences.first_active_at
from adopted
inner join feature_definitions
    on adopted.feature_name = feature_definitions.feature_name
inner join feature_audiences
    on
        feature_definitions.audience = feature_audiences.audience
        and adopted.person_id = feature_audiences.person_id
