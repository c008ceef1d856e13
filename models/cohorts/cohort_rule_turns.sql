{{ config(meta={'follows': 'people'}) }}

with rules as (
    select * from {{ ref('cohort_rule_definitions') }}
),

session_events as (
    select * from {{ ref('session_events') }}
    where person_id is not null
),

occurrences as (
    select
        cohort,
        alternative,
        rule,
        person_id,
        occurred_at,
        next_occurred_at,
        amount,
        false as is_pair
    from {{ ref('cohort_rule_events') }}

    union all

    select
        cohort,
        alternative,
        rule,
        person_id,
        occurred_at,
        null as next_occurred_at,
        1 as amount,
        true as is_pair
    from {{ ref('cohort_rule_pairs') }}
),

-- Each counts from its moment until its window has run out or, where only the last one
-- counts, until the next; least() leaves out what is null.
counting as (
    select
        occurrences.*,
        least(
            {{ seconds_after('occurrences.occurred_at', 'rules.window_seconds') }},
            case when rules.occurrence = 'last' then occurrences.next_occurred_at end
        ) as ends_at
    from occurrences
    inner join rules
        on
            occurrences.cohort = rules.cohort
            and occurrences.alternative = rules.alternative
            and occurrences.rule = rules.rule
            and occurrences.is_pair = (rules.then_event is not null)
),

changes as (
    select
        counting.cohort,
        counting.alternative,
        counting.rule,
        counting.person_id,
        counting.occurred_at as changed_at,
        counting.amount
    from counting

    union all

    select
        counting.cohort,
        counting.alternative,
        counting.rule,
        counting.person_id,
        counting.ends_at as changed_at,
        -counting.amount as amount
    from counting
    where counting.ends_at is not null

    union all

    select
        rules.cohort,
        rules.alternative,
        rules.rule,
        session_events.person_id,
        session_events.occurred_at as changed_at,
        0 as amount
    from rules
    cross join session_events
    where rules.holds_from_the_start and session_events.person_position = 1
),

totals as (
    select
        changes.cohort,
        changes.alternative,
        changes.rule,
        changes.person_id,
        changes.changed_at,
        sum(coalesce(sum(changes.amount), 0)) over (
            partition by
                changes.cohort, changes.alternative, changes.rule, changes.person_id
            order by changes.changed_at
        ) as total
    from changes
    group by
        changes.cohort, changes.alternative, changes.rule, changes.person_id,
        changes.changed_at
),

judged as (
    select
        totals.*,
        {{ cohort_rule_holds('totals.total', 'rules') }} as holds
    from totals
    inner join rules
        on
            totals.cohort = rules.cohort
            and totals.alternative = rules.alternative
            and totals.rule = rules.rule
)

-- Only where it changes whether the rule holds; before the first it does not.
select
    judged.cohort,
    judged.alternative,
    judged.rule,
    judged.person_id,
    judged.changed_at,
    case when judged.holds then 1 else -1 end as turn
from judged
qualify judged.holds <> lag(judged.holds, 1, false) over (
    partition by judged.cohort, judged.alternative, judged.rule, judged.person_id
    order by judged.changed_at
)
