with retention_definitions as (
    select * from {{ ref('retention_definitions') }}
    where value_property is not null
),

retention_periods as (
    select * from {{ ref('retention_periods') }}
),

retention_members as (
    select * from {{ ref('retention_members') }}
),

retention_unit_events as (
    select * from {{ ref('retention_unit_events') }}
),

property_values as (
    select * from {{ ref('property_values') }}
),

valued as (
    select
        retention_definitions.retention,
        unit_events.unit_id,
        case retention_definitions.clock
            when 'calendar'
                then cast({{ local_day('unit_events.occurred_at') }} as timestamp)
            else unit_events.occurred_at
        end as moment,
        unit_events.unit_position,
        {{ money('property_values.property_value') }} as amount
    from retention_definitions
    inner join retention_unit_events as unit_events
        on
            retention_definitions.return_event = unit_events.event
            and retention_definitions.unit = unit_events.unit
    inner join property_values
        on
            unit_events.event_key = property_values.event_key
            and retention_definitions.value_property = property_values.property_name
),

-- What a unit is worth up to each of its events, and by each of their moments (days, by
-- the calendar), so that any stretch is a difference.
running as (
    select
        valued.*,
        sum(valued.amount) over (
            partition by valued.retention, valued.unit_id
            order by valued.unit_position
        ) as running_total,
        sum(valued.amount) over (
            partition by valued.retention, valued.unit_id
            order by valued.moment
        ) as total_by_then
    from valued
    where valued.amount is not null
),

-- The cohort event's own value counts.
entered as (
    select
        members.*,
        coalesce(running.running_total, 0) as total_before
    from retention_members as members
    {{ join_nearest(
        'left', 'running',
        {'members.retention': 'retention', 'members.unit_id': 'unit_id'},
        'members.entry_position', '>', 'unit_position'
    ) }}
    where
        exists (
            select 1 from running as any_value
            where
                any_value.retention = members.retention
                and any_value.unit_id = members.unit_id
        )
),

closing as (
    select
        entered.*,
        retention_periods.period_number,
        case retention_definitions.clock
            when 'calendar' then cast({{ add_periods(
                'entered.cohort_start', 'retention_definitions.period',
                'retention_periods.last_elapsed + 1'
            ) }} as timestamp)
            else {{ seconds_after(
                'entered.entered_at',
                '(retention_periods.last_elapsed + 1)'
                ~ ' * retention_definitions.period_seconds'
            ) }}
        end as closed_at
    from entered
    inner join retention_definitions
        on entered.retention = retention_definitions.retention
    inner join retention_periods
        on entered.retention = retention_periods.retention
)

select
    closing.retention,
    closing.unit_id,
    closing.person_id,
    closing.cohort_start,
    closing.period_number,
    running.total_by_then - closing.total_before as cumulative_value
from closing
{{ join_nearest(
    'inner', 'running',
    {'closing.retention': 'retention', 'closing.unit_id': 'unit_id'},
    'closing.closed_at', '>', 'moment'
) }}
where running.total_by_then <> closing.total_before
