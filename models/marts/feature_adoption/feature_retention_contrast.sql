with counts as (
    select * from {{ ref('feature_retention_counts') }}
),

measured as (
    select
        counts.*,
        {{ phi(
            'counts.retained_users', 'counts.lost_users',
            'counts.retained_people', 'counts.lost_people'
        ) }} as phi,
        counts.retained_users / nullif(counts.retained_people, 0)
            as retained_share,
        {{ wilson_low('counts.retained_users', 'counts.retained_people') }}
            as retained_low,
        {{ wilson_high('counts.retained_users', 'counts.retained_people') }}
            as retained_high,
        counts.lost_users / nullif(counts.lost_people, 0) as lost_share,
        {{ wilson_low('counts.lost_users', 'counts.lost_people') }} as lost_low,
        {{ wilson_high('counts.lost_users', 'counts.lost_people') }} as lost_high
    from counts
),

tested as (
    select
        measured.*,
        {{ phi_p_value(
            'measured.phi', '(measured.retained_people + measured.lost_people)'
        ) }} as p_value
    from measured
),

ranked as (
    select
        tested.*,
        count(tested.p_value) over () as test_count,
        row_number() over (order by tested.p_value asc nulls last, tested.feature asc)
            as p_value_rank
    from tested
)

select
    ranked.feature,
    ranked.retained_people,
    ranked.lost_people,
    ranked.retained_users,
    ranked.lost_users,
    ranked.retained_share,
    ranked.lost_share,
    ranked.retained_share - ranked.lost_share as difference,
    ranked.retained_share - ranked.lost_share - sqrt(
        power(ranked.retained_share - ranked.retained_low, 2)
        + power(ranked.lost_high - ranked.lost_share, 2)
    ) as difference_low,
    ranked.retained_share - ranked.lost_share + sqrt(
        power(ranked.retained_high - ranked.retained_share, 2)
        + power(ranked.lost_share - ranked.lost_low, 2)
    ) as difference_high,
    ranked.phi,
    ranked.p_value,
    case
        when ranked.p_value is not null
            then min(least(
                1, ranked.p_value * (ranked.test_count / ranked.p_value_rank)
            )) over (order by ranked.p_value_rank desc)
    end as adjusted_p_value
from ranked
