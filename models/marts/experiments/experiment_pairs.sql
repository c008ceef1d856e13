with experiment_arms as (
    select * from {{ ref('experiment_arms') }}
),

experiment_definitions as (
    select * from {{ ref('experiment_definitions') }}
),

pairs as (
    select
        treated.*,
        control.units as control_units,
        control.total as control_total,
        control.mean as control_mean,
        control.unit_variance as control_unit_variance,
        control.covariate_mean as control_covariate_mean,
        control.covariate_variance as control_covariate_variance,
        control.covariate_covariance as control_covariate_covariance,
        case
            when treated.statistic = 'share'
                then {{ covariance_of_shares(
                    '(treated.covariate_product_total + control.covariate_product_total)',
                    '(treated.total + control.total)',
                    '(treated.covariate_total + control.covariate_total)',
                    '(treated.units + control.units)'
                ) }}
            else {{ pooled_covariance(
                'covariate_product_total', 'total', 'covariate_total'
            ) }}
        end as pooled_covariance,
        case
            when treated.statistic = 'share'
                then {{ covariance_of_shares(
                    '(treated.covariate_total + control.covariate_total)',
                    '(treated.covariate_total + control.covariate_total)',
                    '(treated.covariate_total + control.covariate_total)',
                    '(treated.units + control.units)'
                ) }}
            else {{ pooled_covariance(
                'covariate_total_of_squares', 'covariate_total', 'covariate_total'
            ) }}
        end as pooled_variance
    from experiment_arms as treated
    inner join experiment_definitions
        on treated.experiment = experiment_definitions.experiment
    inner join experiment_arms as control
        on
            treated.slice_type = control.slice_type
            and treated.slice_name is not distinct from control.slice_name
            and treated.slice is not distinct from control.slice
            and treated.experiment = control.experiment
            and treated.metric = control.metric
            and experiment_definitions.control_variant = control.variant
    where treated.variant <> experiment_definitions.control_variant
),

-- The weight of the covariate is that of both arms taken together.
weighed as (
    select
        pairs.*,
        case
            when pairs.covariate_mean is null or pairs.control_covariate_mean is null
                then null
            when
                pairs.pooled_variance <= 1e-12 * (
                    power(pairs.covariate_mean, 2)
                    + power(pairs.control_covariate_mean, 2)
                )
                then 0
            else pairs.pooled_covariance / pairs.pooled_variance
        end as theta
    from pairs
)

select
    weighed.*,
    false as is_adjusted,
    weighed.mean - weighed.control_mean as absolute_effect,
    weighed.unit_variance as arm_variance,
    weighed.control_unit_variance as control_arm_variance
from weighed

union all

-- Adjusted by CUPED (Deng et al. 2013).
select
    weighed.*,
    true as is_adjusted,
    weighed.mean - weighed.control_mean - weighed.theta * (
        weighed.covariate_mean - weighed.control_covariate_mean
    ) as absolute_effect,
    {{ adjusted_variance('weighed', '') }} as arm_variance,
    {{ adjusted_variance('weighed', 'control_') }} as control_arm_variance
from weighed
where weighed.theta is not null
