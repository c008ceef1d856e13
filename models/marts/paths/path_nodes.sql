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

started as (
    select
        collapsed.*,
        min(
            case
                when collapsed.start_item is null or collapsed.item = collapsed.start_item
                    then collapsed.person_position
            end
        ) over (
            partition by collapsed.path_report, collapsed.unit_id
        ) as start_position
    from collapsed
),

ended as (
    select
        started.*,
        min(
            case when started.item = started.end_item then started.person_position end
        ) over (
            partition by started.path_report, started.unit_id
        ) as end_position
    from started
    where started.person_position >= started.start_position
),

-- With an end item the last nodes before it are kept, without one the first.
cut as (
    select
        ended.*,
        case
            when ended.end_item is not null
                then row_number() over (
                    partition by ended.path_report, ended.unit_id
                    order by ended.person_position desc
                )
            else row_number() over (
                partition by ended.path_report, ended.unit_id
                order by ended.person_position asc
            )
        end as distance
    from ended
    where ended.end_item is null or ended.person_position <= ended.end_position
)

select
    cut.path_report,
    cut.unit_id,
    cut.person_id,
    cut.step_limit,
    row_number() over (
        partition by cut.path_report, cut.unit_id order by cut.person_position
    ) as step,
    cut.item,
    cut.occurred_at
from cut
where cut.distance <= cut.step_limit
