with feature_value_counts as (
    select
        *,
        met_count + unmet_count as people_count,
        met_retained_count + unmet_retained_count as retained_count
    from {{ ref('feature_value_counts') }}
    where
        met_count >= 10
        and unmet_count >= 10
),

measured as (
    select
        feature_value_counts.*,
        feature_value_counts.met_retained_count / feature_value_counts.met_count
            as precision_rate,
        feature_value_counts.met_retained_count
        / nullif(feature_value_counts.retained_count, 0) as recall_rate,
        feature_value_counts.retained_count / feature_value_counts.people_count
            as base_rate,
        {{ phi(
            'feature_value_counts.met_retained_count',
            'feature_value_counts.unmet_retained_count',
            'feature_value_counts.met_count', 'feature_value_counts.unmet_count'
        ) }} as phi
    from feature_value_counts
),

tested as (
    select
        measured.*,
        measured.met_retained_count * measured.people_count
        / nullif(measured.met_count * measured.retained_count, 0) as lift,
        {{ phi_p_value('measured.phi', 'measured.people_count') }} as p_value
    from measured
    where measured.phi is not null
),

-- The first half proposes, the other half is asked; rules too rare in one are in none.
paired as (
    select
        proposed.*,
        checked.people_count as check_people_count,
        checked.met_count as check_met_count,
        checked.met_retained_count as check_met_retained_count,
        checked.precision_rate as check_precision,
        checked.recall_rate as check_recall,
        checked.lift as check_lift,
        checked.phi as check_phi,
        checked.p_value as check_p_value
    from tested as proposed
    inner join tested as checked
        on
            proposed.event = checked.event
            and proposed.minimum_count = checked.minimum_count
            and proposed.within_days = checked.within_days
    where
        proposed.is_first_half
        and not checked.is_first_half
),

ranked as (
    select
        paired.*,
        count(*) over () as test_count,
        row_number() over (
            order by
                paired.p_value, paired.event, paired.minimum_count, paired.within_days
        ) as p_value_rank,
        row_number() over (
            order by
                round(paired.phi, 12) desc, paired.event asc, paired.minimum_count asc,
                paired.within_days asc
        ) as rule_rank
    from paired
),

corrected as (
    select
        ranked.*,
        min(least(1, ranked.p_value * (ranked.test_count / ranked.p_value_rank)))
            over (order by ranked.p_value_rank desc) as adjusted_p_value
    from ranked
)

select
    corrected.event,
    corrected.minimum_count,
    corrected.within_days,
    cast(corrected.rule_rank as integer) as rule_rank,
    corrected.people_count,
    corrected.met_count,
    corrected.met_retained_count,
    corrected.base_rate,
    corrected.precision_rate as precision,
    corrected.recall_rate as recall,
    corrected.lift,
    corrected.phi,
    corrected.p_value,
    corrected.adjusted_p_value,
    corrected.check_people_count,
    corrected.check_met_count,
    corrected.check_met_retained_count,
    corrected.check_precision,
    corrected.check_recall,
    corrected.check_lift,
    corrected.check_phi,
    corrected.check_p_value,
    corrected.phi > 0
    and corrected.adjusted_p_value < 0.05
    and corrected.check_phi > 0
    and corrected.check_p_value < 0.05 as is_confirmed
from corrected
