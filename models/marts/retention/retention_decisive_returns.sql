{{ config(meta={'follows': 'people'}) }}

with retention_definitions as (
    select * from {{ ref('retention_definitions') }}
),

readings as (
    select distinct
        reading,
        return_event,
        unit,
        period,
        clock,
        minimum_returns
    from retention_definitions
),

-- Who never entered cannot return.
entered as (
    select distinct
        retention_definitions.reading,
        entries.unit_id
    from {{ ref('retention_entries') }} as entries
    inner join retention_definitions
        on entries.retention = retention_definitions.retention
),

returns as (
    select
        readings.*,
        unit_events.unit_id,
        {{ period_start(local_time('unit_events.occurred_at'), 'readings.period') }}
            as period_start,
        unit_events.occurred_at,
        unit_events.unit_position
    from readings
    inner join {{ ref('retention_unit_events') }} as unit_events
        on
            readings.return_event = unit_events.event
            and readings.unit = unit_events.unit
    inner join entered
        on
            readings.reading = entered.reading
            and unit_events.unit_id = entered.unit_id
),

-- A day of UTC is never longer than a rolling day.
dated as (
    select
        *,
        case clock
            when 'calendar' then {{ local_day('occurred_at') }}
            else cast(occurred_at as date)
        end as day
    from returns
    where minimum_returns > 1
),

ranked as (
    select
        dated.*,
        row_number() over (
            partition by dated.reading, {{ hash_key('dated.unit_id', 'dated.day') }}
            order by dated.unit_position
        ) as place_from_first,
        count(*) over (
            partition by dated.reading, {{ hash_key('dated.unit_id', 'dated.day') }}
            order by dated.unit_position
            rows between current row and unbounded following
        ) as place_from_last
    from dated
),

-- Where one is enough, the last of a calendar period says whether there was any after
-- some moment in it, and the first and the last of a day in which window they lie.
lone as (
    select
        returns.reading,
        returns.unit,
        returns.unit_id,
        returns.clock,
        case returns.clock
            when 'calendar' then returns.period_start
            else cast(returns.occurred_at as date)
        end as period_start,
        min(returns.occurred_at) as first_at,
        min(returns.unit_position) as first_position,
        max(returns.occurred_at) as last_at,
        max(returns.unit_position) as last_position
    from returns
    where returns.minimum_returns = 1
    group by all
)

-- Of a day its first and its last returns, as many as must be there: between them lies
-- none with which a period begins or ends to have enough.
select
    ranked.reading,
    ranked.unit_id,
    case when ranked.unit = 'person' then ranked.unit_id end as person_id,
    ranked.period_start,
    ranked.occurred_at,
    ranked.unit_position
from ranked
where least(ranked.place_from_first, ranked.place_from_last) <= ranked.minimum_returns

union all

select
    lone.reading,
    lone.unit_id,
    case when lone.unit = 'person' then lone.unit_id end as person_id,
    lone.period_start,
    lone.last_at as occurred_at,
    lone.last_position as unit_position
from lone

union all

select
    lone.reading,
    lone.unit_id,
    case when lone.unit = 'person' then lone.unit_id end as person_id,
    lone.period_start,
    lone.first_at as occurred_at,
    lone.first_position as unit_position
from lone
where lone.clock <> 'calendar' and lone.first_position < lone.last_position
