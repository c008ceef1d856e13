{{ config(meta={'follows': 'people'}) }}

with path_items as (
    select * from {{ ref('path_items') }}
),

path_definitions as (
    select * from {{ ref('path_definitions') }}
),

-- Two numbers sort faster than two texts.
keyed as (
    select
        path_items.path_report,
        path_items.person_id,
        {{ hash_key('path_items.path_report', 'path_items.unit_id') }} as unit_key,
        path_items.person_position,
        path_items.item,
        path_items.occurred_at,
        path_definitions.collapses_repeats,
        coalesce(path_items.item = path_definitions.start_item, true) as is_start,
        coalesce(path_items.item = path_definitions.end_item, true) as is_end
    from path_items
    inner join path_definitions
        on path_items.path_report = path_definitions.path_report
),

-- Of a run of equal items the last event stays; units without the start or the end item
-- are none of the report's.
collapsed as (
    select keyed.*
    from keyed
    window
        events as (
            partition by keyed.unit_key order by keyed.person_position
        ),
        units as (
            partition by keyed.unit_key
            order by keyed.person_position
            rows between unbounded preceding and unbounded following
        )
    qualify
        (
            not keyed.collapses_repeats
            or keyed.item is distinct from lead(keyed.item) over events
        )
        and bool_or(keyed.is_start) over units
        and bool_or(keyed.is_end) over units
)

select
    collapsed.path_report,
    collapsed.person_id,
    collapsed.unit_key,
    row_number() over visits as visit_number,
    collapsed.item,
    lead(collapsed.item) over visits as next_item,
    coalesce(
        lead(collapsed.item, 2) over visits = collapsed.item
        and lead(collapsed.item) over visits <> collapsed.item,
        false
    ) as is_left_and_back,
    collapsed.occurred_at,
    lead(collapsed.occurred_at) over visits as next_at
from collapsed
window visits as (
    partition by collapsed.unit_key order by collapsed.person_position
)
