with feature_definitions as (
    select * from {{ ref('feature_definitions') }}
),

feature_adopters as (
    select * from {{ ref('feature_adopters') }}
),

-- A feature that nobody has used is there all the same.
features as (
    select
        feature_definitions.feature_name as feature,
        feature_definitions.audience
    from feature_definitions
    where feature_definitions.feature_property is null

    union

    select
        feature_adopters.feature,
        feature_adopters.audience
    from feature_adopters
),

feature_audiences as (
    select
        audience,
        count(*) as active_people
    from {{ ref('feature_audiences') }}
    group by audience
)

select
    features.feature,
    features.audience,
    coalesce(feature_audiences.active_people, 0) as active_people
from features
left join feature_audiences
    on features.audience = feature_audiences.audience
