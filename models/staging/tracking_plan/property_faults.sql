with identified_events as (
    select * from {{ ref('identified_events') }}
),

planned_properties as (
    select * from {{ ref('planned_properties') }}
),

tracking_plan_rules as (
    select * from {{ ref('tracking_plan_rules') }}
),

carried as (
    select
        identified_events.event_key,
        planned_properties.*,
        {{ json_at('identified_events.properties', 'planned_properties.path') }}
            as value
    from identified_events
    inner join planned_properties
        on identified_events.event_name = planned_properties.event_name
    where identified_events.event_type in ('track', 'page', 'screen')
),

-- What may break a rule; most values have none but their type to keep.
suspects as (
    select
        carried.*,
        {{ json_kind('carried.value') }} as kind,
        {{ json_text('carried.value') }} as text
    from carried
    where
        (carried.value is null and carried.is_required)
        or (carried.value is not null and (
            carried.has_value_rule
            or not {{ is_of_type(
                'carried.value', json_kind('carried.value'), 'carried.type'
            ) }}
        ))
),

-- To read a pattern takes longer than to group the values: each text is matched once.
texts as (
    select distinct
        suspects.pattern,
        suspects.text
    from suspects
    where suspects.pattern is not null and suspects.kind = 'string'
),

mismatches as (
    select
        texts.pattern,
        texts.text
    from texts
    where not regexp_matches(texts.text, texts.pattern)
),

judged as (
    select
        suspects.*,
        mismatches.text is not null as is_mismatch
    from suspects
    left join mismatches
        on
            suspects.kind = 'string'
            and suspects.pattern = mismatches.pattern
            and suspects.text = mismatches.text
)

select
    judged.event_key,
    judged.property_name,
    tracking_plan_rules.rule,
    {{ rule_expectation('tracking_plan_rules.rule', 'judged') }} as expected,
    case
        when judged.value is null then null
        when judged.is_pii then '(personal)'
        when tracking_plan_rules.rule = 'wrong_type' then cast(judged.value as varchar)
        else judged.text
    end as actual
from judged
inner join tracking_plan_rules
    on {{ breaks_rule('tracking_plan_rules.rule', 'judged') }}
where tracking_plan_rules.policy <> 'allow'
