with rules as (
    select * from {{ ref('cohort_rule_definitions') }}
),

people as (
    select * from {{ ref('people') }}
),

occurrences as (
    select
        cohort_rule_events.* exclude (match_key),
        false as is_pair
    from {{ ref('cohort_rule_events') }} as cohort_rule_events

    union all by name

    select
        cohort_rule_pairs.*,
        1 as amount,
        true as is_pair
    from {{ ref('cohort_rule_pairs') }} as cohort_rule_pairs
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
        - counting.amount as amount
    from counting
    where counting.ends_at is not null

    union all

    select
        rules.cohort,
        rules.alternative,
        rules.rule,
        people.person_id,
        people.first_seen_at as changed_at,
        0 as amount
    from rules
    cross join people
    where rules.holds_from_the_start
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
