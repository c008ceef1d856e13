{{ config(meta={'follows': 'people'}) }}

with path_items as (
    select
        *,
        {{ hash_key('path_report', 'unit_id') }} as unit_key
    from {{ ref('path_items') }}
),

path_definitions as (
    select * from {{ ref('path_definitions') }}
),

-- Of a run of equal items the last event stays; units without the start or the end item
-- are none of the report's.
collapsed as (
    select path_items.*
    from path_items
    inner join path_definitions
        on path_items.path_report = path_definitions.path_report
    window
        units as (
            partition by path_items.unit_key
            order by path_items.person_position
            rows between unbounded preceding and unbounded following
        )
    qualify
        (
            not path_definitions.collapses_repeats
            or path_items.item is distinct from lead(path_items.item) over units
        )
        and bool_or(
            path_items.item = coalesce(path_definitions.start_item, path_items.item)
        ) over units
        and bool_or(
            path_items.item = coalesce(path_definitions.end_item, path_items.item)
        ) over units
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
