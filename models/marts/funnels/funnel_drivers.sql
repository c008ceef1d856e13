-- What hardly anyone did says nothing: at least 25, and two of a hundred.
with frequent as (
    select *
    from {{ ref('funnel_driver_counts') }}
    where
        with_count >= 25
        and with_count >= 0.02 * people_count
),

measured as (
    select
        frequent.*,
        frequent.with_converted_count / frequent.with_count as with_rate,
        frequent.without_converted_count / nullif(frequent.without_count, 0)
            as without_rate,
        (
            cast(frequent.with_converted_count as double) * frequent.without_count
            - cast(frequent.without_converted_count as double) * frequent.with_count
        ) / nullif(
            sqrt(cast(frequent.with_count as double) * frequent.without_count)
            * sqrt(
                cast(frequent.converted_count as double)
                * (frequent.people_count - frequent.converted_count)
            ), 0
        ) as phi,
        -- One more of each kind, so that no ratio is infinite.
        (cast(frequent.with_converted_count as double) + 1)
        * (frequent.without_count - frequent.without_converted_count + 1)
        / (
            (frequent.with_count - frequent.with_converted_count + 1)
            * (frequent.without_converted_count + 1)
        ) as odds_ratio,
        {{ two_share_statistic(
            'frequent.with_converted_count', 'frequent.with_count',
            'frequent.without_converted_count', 'frequent.without_count'
        ) }} as z_statistic
    from frequent
),

ranked as (
    select
        measured.*,
        {{ at_most(1, '2 * ' ~ normal_tail('measured.z_statistic')) }} as p_value,
        count(measured.z_statistic) over (
            partition by measured.funnel, measured.step
        ) as test_count,
        row_number() over (
            partition by measured.funnel, measured.step
            order by measured.z_statistic desc nulls last, measured.event_name asc
        ) as p_value_rank
    from measured
)

select
    ranked.funnel,
    ranked.step,
    ranked.next_step,
    ranked.event_name,
    ranked.people_count,
    ranked.converted_count,
    ranked.with_count,
    ranked.with_converted_count,
    ranked.with_rate,
    ranked.without_rate,
    ranked.phi,
    ranked.odds_ratio,
    ranked.p_value,
    {{ corrected_p_value(
        'ranked.p_value', 'ranked.p_value_rank', 'ranked.test_count',
        'ranked.funnel, ranked.step'
    ) }} as adjusted_p_value,
    cast(rank() over (
        partition by ranked.funnel, ranked.step
        order by abs(ranked.phi) desc nulls last, ranked.event_name asc
    ) as integer) as driver_rank
from ranked
