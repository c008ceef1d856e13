with cohort_rule_turns as (
    select * from {{ ref('cohort_rule_turns') }}
),

rule_counts as (
    select
        cohort,
        alternative,
        count(*) as rule_count
    from {{ ref('cohort_rule_definitions') }}
    group by cohort, alternative
),

-- How many rules of an alternative hold from a moment on: all must.
rules_holding as (
    select
        cohort_rule_turns.cohort,
        cohort_rule_turns.alternative,
        cohort_rule_turns.person_id,
        cohort_rule_turns.changed_at,
        sum(sum(cohort_rule_turns.turn)) over (
            partition by
                cohort_rule_turns.cohort, cohort_rule_turns.alternative,
                cohort_rule_turns.person_id
            order by cohort_rule_turns.changed_at
        ) as holding_count
    from cohort_rule_turns
    group by
        cohort_rule_turns.cohort, cohort_rule_turns.alternative,
        cohort_rule_turns.person_id, cohort_rule_turns.changed_at
),

alternative_turns as (
    select
        rules_holding.*,
        rules_holding.holding_count = rule_counts.rule_count as is_held,
        lag(rules_holding.holding_count, 1, 0) over (
            partition by
                rules_holding.cohort, rules_holding.alternative, rules_holding.person_id
            order by rules_holding.changed_at
        ) = rule_counts.rule_count as was_held
    from rules_holding
    inner join rule_counts
        on
            rules_holding.cohort = rule_counts.cohort
            and rules_holding.alternative = rule_counts.alternative
),

-- How many alternatives hold from a moment on: one is enough.
alternatives_holding as (
    select
        alternative_turns.cohort,
        alternative_turns.person_id,
        alternative_turns.changed_at,
        sum(sum(
            cast(alternative_turns.is_held as integer)
            - cast(alternative_turns.was_held as integer)
        )) over (
            partition by alternative_turns.cohort, alternative_turns.person_id
            order by alternative_turns.changed_at
        ) > 0 as is_member
    from alternative_turns
    group by
        alternative_turns.cohort, alternative_turns.person_id,
        alternative_turns.changed_at
),

turns as (
    select alternatives_holding.*
    from alternatives_holding
    qualify alternatives_holding.is_member <> lag(
        alternatives_holding.is_member, 1, false
    ) over (
        partition by alternatives_holding.cohort, alternatives_holding.person_id
        order by alternatives_holding.changed_at
    )
),

spells as (
    select
        turns.cohort,
        turns.person_id,
        turns.is_member,
        turns.changed_at as entered_at,
        lead(turns.changed_at) over (
            partition by turns.cohort, turns.person_id order by turns.changed_at
        ) as exited_at
    from turns
)

select
    spells.cohort,
    spells.person_id,
    spells.entered_at,
    spells.exited_at
from spells
where spells.is_member
