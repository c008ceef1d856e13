with rules as (
    select * from {{ ref('cohort_rule_definitions') }}
),

matched_events as (
    select * from {{ ref('matched_events') }}
),

property_values as (
    select
        event_key,
        property_name,
        property_value
    from {{ ref('event_property_values') }}

    union all

    select
        event_key,
        property_name,
        property_value
    from {{ ref('person_property_values') }}
),

-- The first and the last are so among all events of the name, and only then judged.
numbered as (
    select
        rules.*,
        matched_events.person_id,
        matched_events.match_key,
        matched_events.event_key,
        matched_events.occurred_at,
        row_number() over events_of_rule as place,
        lead(matched_events.occurred_at) over events_of_rule as next_occurred_at
    from rules
    inner join matched_events
        on rules.event = matched_events.event
    window events_of_rule as (
        partition by
            rules.cohort, rules.alternative, rules.rule, matched_events.person_id
        order by matched_events.person_position, matched_events.match_key
    )
)

select
    numbered.cohort,
    numbered.alternative,
    numbered.rule,
    numbered.person_id,
    numbered.match_key,
    numbered.occurred_at,
    numbered.next_occurred_at,
    case
        when numbered.value_property is null then 1
        else {{ money('summed.property_value') }}
    end as amount
from numbered
left join property_values as asked
    on
        numbered.event_key = asked.event_key
        and numbered.property_name = asked.property_name
left join property_values as summed
    on
        numbered.event_key = summed.event_key
        and numbered.value_property = summed.property_name
where
    (numbered.occurrence <> 'first' or numbered.place = 1)
    and (
        numbered.property_name is null
        or {{ condition_holds(
            'asked.property_value', 'numbered.operator', 'numbered.property_value'
        ) }}
    )
