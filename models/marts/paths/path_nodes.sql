with path_items as (
    select * from {{ ref('path_items') }}
),

path_definitions as (
    select * from {{ ref('path_definitions') }}
),

-- Of a run of equal items the last event stays.
collapsed as (
    select
        path_items.*,
        path_definitions.start_item,
        path_definitions.end_item,
        path_definitions.step_limit
    from path_items
    inner join path_definitions
        on path_items.path_report = path_definitions.path_report
    qualify
        not path_definitions.collapses_repeats
        or path_items.item is distinct from lead(path_items.item) over (
            partition by path_items.path_report, path_items.unit_id
            order by path_items.person_position
        )
),

-- Where a path is cut: at its first start item, and at the first end item after it.
starts as (
    select
        collapsed.path_report,
        collapsed.unit_id,
        min(collapsed.person_position) as start_position
    from collapsed
    where
        collapsed.start_item is not null
        and collapsed.item = collapsed.start_item
    group by collapsed.path_report, collapsed.unit_id
),

ends as (
    select
        collapsed.path_report,
        collapsed.unit_id,
        min(collapsed.person_position) as end_position
    from collapsed
    left join starts
        on
            collapsed.path_report = starts.path_report
            and collapsed.unit_id = starts.unit_id
    where
        collapsed.end_item is not null
        and collapsed.item = collapsed.end_item
        and collapsed.person_position >= coalesce(starts.start_position, 0)
    group by collapsed.path_report, collapsed.unit_id
),

numbered as (
    select
        collapsed.*,
        row_number() over (
            partition by collapsed.path_report, collapsed.unit_id
            order by collapsed.person_position
        ) as node_number,
        count(*) over (
            partition by collapsed.path_report, collapsed.unit_id
        ) as node_count
    from collapsed
    left join starts
        on
            collapsed.path_report = starts.path_report
            and collapsed.unit_id = starts.unit_id
    left join ends
        on
            collapsed.path_report = ends.path_report
            and collapsed.unit_id = ends.unit_id
    where
        (
            collapsed.start_item is null
            or collapsed.person_position >= starts.start_position
        )
        and (
            collapsed.end_item is null
            or collapsed.person_position <= ends.end_position
        )
),

-- With an end item the last nodes before it are kept, without one the first.
renumbered as (
    select
        numbered.*,
        numbered.node_number - case
            when numbered.end_item is null then 0
            else greatest(numbered.node_count - numbered.step_limit, 0)
        end as step
    from numbered
)

select
    renumbered.path_report,
    renumbered.unit_id,
    renumbered.person_id,
    renumbered.step_limit,
    renumbered.step,
    renumbered.item,
    renumbered.occurred_at
from renumbered
where renumbered.step between 1 and renumbered.step_limit
