{{ config(materialized='view') }}

with retention_definitions as (
    select * from {{ ref('retention_definitions') }}
),

members as (
    select
        retention_members.*,
        retention_definitions.reading,
        retention_definitions.period,
        retention_definitions.period_seconds,
        retention_definitions.clock,
        retention_definitions.return_rule,
        retention_definitions.minimum_returns
    from {{ ref('retention_members') }} as retention_members
    inner join retention_definitions
        on retention_members.retention = retention_definitions.retention
),

decisive_returns as (
    select * from {{ ref('retention_decisive_returns') }}
),

numbered as (
    select
        decisive_returns.*,
        row_number() over (
            partition by decisive_returns.reading, decisive_returns.unit_id
            order by decisive_returns.unit_position asc
        ) as place,
        row_number() over (
            partition by decisive_returns.reading, decisive_returns.unit_id
            order by decisive_returns.unit_position desc
        ) as place_from_last
    from decisive_returns
    where
        decisive_returns.reading in (
            select retention_definitions.reading
            from retention_definitions
            where retention_definitions.return_rule <> 'on'
        )
),

-- Of on_or_before the return with which the minimum is reached decides, counted from
-- the entry; of on_or_after the one from which on the minimum is left.
placed as (
    select
        members.retention,
        members.unit_id,
        members.cohort_start,
        coalesce(numbered.place, 0) + members.minimum_returns as place
    from members
    {{ join_nearest(
        'left', 'numbered',
        {'members.reading': 'reading', 'members.unit_id': 'unit_id'},
        'members.entry_position', '>=', 'unit_position'
    ) }}
    where members.return_rule = 'on_or_before'
),

returned as (
    select
        members.*,
        decisive_returns.period_start,
        decisive_returns.occurred_at
    from members
    inner join decisive_returns
        on
            members.reading = decisive_returns.reading
            and members.unit_id = decisive_returns.unit_id
            and members.entry_position < decisive_returns.unit_position
    where members.return_rule = 'on'

    union all

    select
        members.*,
        numbered.period_start,
        numbered.occurred_at
    from members
    inner join numbered
        on
            members.reading = numbered.reading
            and members.unit_id = numbered.unit_id
            and members.minimum_returns = numbered.place_from_last
            and members.entry_position < numbered.unit_position
    where members.return_rule = 'on_or_after'

    union all

    select
        members.*,
        numbered.period_start,
        numbered.occurred_at
    from members
    inner join placed
        on
            members.retention = placed.retention
            and members.unit_id = placed.unit_id
            and members.cohort_start = placed.cohort_start
    inner join numbered
        on
            members.reading = numbered.reading
            and members.unit_id = numbered.unit_id
            and placed.place = numbered.place
)

select
    returned.retention,
    returned.unit_id,
    returned.person_id,
    returned.cohort_start,
    returned.return_rule,
    returned.minimum_returns,
    cast(case returned.clock
        when 'calendar' then {{ periods_between(
            'returned.period', 'returned.cohort_start', 'returned.period_start'
        ) }}
        else floor(
            {{ seconds_between('returned.entered_at', 'returned.occurred_at') }}
            / returned.period_seconds
        )
    end as integer) as elapsed
from returned
