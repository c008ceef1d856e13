{{ config(meta={'follows': 'people'}) }}

with rules as (
    select * from {{ ref('cohort_rule_definitions') }}
    where then_event is not null
),

cohort_rule_events as (
    select * from {{ ref('cohort_rule_events') }}
),

matched_events as (
    select * from {{ ref('matched_events') }}
),

-- The moments of the first event, and of those before.
firsts as (
    select
        cohort_rule_events.cohort,
        cohort_rule_events.alternative,
        cohort_rule_events.rule,
        cohort_rule_events.person_id,
        cohort_rule_events.occurred_at,
        count(*) as event_count,
        lag(cohort_rule_events.occurred_at) over (
            partition by
                cohort_rule_events.cohort, cohort_rule_events.alternative,
                cohort_rule_events.rule, cohort_rule_events.person_id
            order by cohort_rule_events.occurred_at
        ) as previous_occurred_at
    from cohort_rule_events
    group by
        cohort_rule_events.cohort, cohort_rule_events.alternative,
        cohort_rule_events.rule, cohort_rule_events.person_id,
        cohort_rule_events.occurred_at
),

seconds as (
    select
        rules.*,
        matched_events.person_id,
        matched_events.match_key,
        matched_events.occurred_at
    from rules
    inner join matched_events
        on rules.then_event = matched_events.event
),

-- An event is not the first of itself, but another one of the same moment may be.
paired as (
    select
        seconds.*,
        case
            when firsts.occurred_at < seconds.occurred_at then firsts.occurred_at
            when firsts.event_count > 1 then firsts.occurred_at
            when own.match_key is null then firsts.occurred_at
            else firsts.previous_occurred_at
        end as first_occurred_at
    from seconds
    {{ join_nearest(
        'inner', 'firsts',
        {
            'seconds.cohort': 'cohort',
            'seconds.alternative': 'alternative',
            'seconds.rule': 'rule',
            'seconds.person_id': 'person_id'
        },
        'seconds.occurred_at', '>=', 'occurred_at'
    ) }}
    left join cohort_rule_events as own
        on
            seconds.cohort = own.cohort
            and seconds.alternative = own.alternative
            and seconds.rule = own.rule
            and seconds.match_key = own.match_key
)

select
    paired.cohort,
    paired.alternative,
    paired.rule,
    paired.person_id,
    paired.occurred_at
from paired
where
    paired.first_occurred_at is not null
    and (
        paired.then_within_seconds is null
        or {{ seconds_between('paired.first_occurred_at', 'paired.occurred_at') }}
        <= paired.then_within_seconds
    )
