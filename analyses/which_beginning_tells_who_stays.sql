with feature_value_rules as (
    select * from {{ ref('feature_value_rules') }}
)

-- Found on one half of the people; what the other half says of it stands beside it.
select
    feature_value_rules.event,
    feature_value_rules.minimum_count,
    feature_value_rules.within_days,
    round(feature_value_rules.precision, 3) as precision,
    round(feature_value_rules.recall, 3) as recall,
    round(feature_value_rules.lift, 2) as lift,
    round(feature_value_rules.phi, 3) as phi,
    round(feature_value_rules.check_lift, 2) as check_lift,
    round(feature_value_rules.check_phi, 3) as check_phi,
    feature_value_rules.is_confirmed
from feature_value_rules
where feature_value_rules.rule_rank <= 10
order by feature_value_rules.rule_rank
