with funnel_conversion as (
    select * from {{ ref('funnel_conversion') }}
    where not is_total
),

counted as (
    select
        funnel_conversion.funnel,
        funnel_conversion.breakdown_value,
        funnel_conversion.is_total,
        funnel_conversion.step,
        funnel_conversion.step_name,
        funnel_conversion.people_count as converted_count,
        first_value(funnel_conversion.people_count) over (
            partition by funnel_conversion.funnel, funnel_conversion.breakdown_value
            order by funnel_conversion.step
        ) as entered_count
    from funnel_conversion
),

compared as (
    select
        counted.*,
        (sum(counted.entered_count) over steps) - counted.entered_count
            as rest_entered_count,
        (sum(counted.converted_count) over steps) - counted.converted_count
            as rest_converted_count
    from counted
    window steps as (partition by counted.funnel, counted.step)
),

tested as (
    select
        compared.*,
        compared.converted_count / nullif(compared.entered_count, 0)
            as conversion_rate,
        compared.rest_converted_count / nullif(compared.rest_entered_count, 0)
            as rest_conversion_rate,
        {{ wilson_low('compared.converted_count', 'compared.entered_count') }}
            as rate_low,
        {{ wilson_high('compared.converted_count', 'compared.entered_count') }}
            as rate_high,
        {{ wilson_low('compared.rest_converted_count', 'compared.rest_entered_count') }}
            as rest_low,
        {{ wilson_high(
            'compared.rest_converted_count', 'compared.rest_entered_count'
        ) }} as rest_high,
        {{ two_share_statistic(
            'compared.converted_count', 'compared.entered_count',
            'compared.rest_converted_count', 'compared.rest_entered_count'
        ) }} as z_statistic
    from compared
    where compared.step > 1
),

ranked as (
    select
        tested.*,
        tested.conversion_rate - tested.rest_conversion_rate as difference,
        {{ at_most(1, '2 * ' ~ normal_tail('tested.z_statistic')) }} as p_value,
        count(tested.z_statistic) over (partition by tested.funnel, tested.step)
            as test_count,
        row_number() over (
            partition by tested.funnel, tested.step
            order by tested.z_statistic desc nulls last, tested.breakdown_value asc
        ) as p_value_rank
    from tested
)

-- The interval of the difference is Newcombe's (1998), from those of both shares.
select
    ranked.funnel,
    ranked.breakdown_value,
    ranked.is_total,
    ranked.step,
    ranked.step_name,
    ranked.entered_count,
    ranked.converted_count,
    ranked.conversion_rate,
    cast(ranked.rest_entered_count as bigint) as rest_entered_count,
    cast(ranked.rest_converted_count as bigint) as rest_converted_count,
    ranked.rest_conversion_rate,
    ranked.difference,
    ranked.difference - sqrt(
        power(ranked.conversion_rate - ranked.rate_low, 2)
        + power(ranked.rest_high - ranked.rest_conversion_rate, 2)
    ) as difference_low,
    ranked.difference + sqrt(
        power(ranked.rate_high - ranked.conversion_rate, 2)
        + power(ranked.rest_conversion_rate - ranked.rest_low, 2)
    ) as difference_high,
    ranked.p_value,
    {{ corrected_p_value(
        'ranked.p_value', 'ranked.p_value_rank', 'ranked.test_count',
        'ranked.funnel, ranked.step'
    ) }} as adjusted_p_value,
    case
        when ranked.rest_entered_count = 0 then 'no others to compare with'
        when ranked.p_value is null then 'no variance'
    end as reason
from ranked
