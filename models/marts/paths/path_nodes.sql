with path_visits as (
    select * from {{ ref('path_visits') }}
),

path_definitions as (
    select * from {{ ref('path_definitions') }}
),

-- Where a path is cut: at its first start item, and at the first end item after it.
starts as (
    select
        path_visits.unit_key,
        min(path_visits.visit_number) as start_number
    from path_visits
    inner join path_definitions
        on
            path_visits.path_report = path_definitions.path_report
            and path_visits.item = path_definitions.start_item
    group by path_visits.unit_key
),

ends as (
    select
        path_visits.unit_key,
        min(path_visits.visit_number) as end_number
    from path_visits
    inner join path_definitions
        on
            path_visits.path_report = path_definitions.path_report
            and path_visits.item = path_definitions.end_item
    left join starts
        on path_visits.unit_key = starts.unit_key
    where path_visits.visit_number >= coalesce(starts.start_number, 1)
    group by path_visits.unit_key
),

-- With an end item the last nodes up to it are kept, without one the first.
cuts as (
    select
        path_visits.*,
        path_definitions.step_limit,
        case
            when path_definitions.end_item is null then coalesce(starts.start_number, 1)
            else greatest(
                coalesce(starts.start_number, 1),
                ends.end_number - path_definitions.step_limit + 1
            )
        end as first_number,
        ends.end_number
    from path_visits
    inner join path_definitions
        on path_visits.path_report = path_definitions.path_report
    left join starts
        on path_visits.unit_key = starts.unit_key
    left join ends
        on path_visits.unit_key = ends.unit_key
    where
        (path_definitions.start_item is null or starts.start_number is not null)
        and (path_definitions.end_item is null or ends.end_number is not null)
),

numbered as (
    select
        cuts.*,
        cuts.visit_number - cuts.first_number + 1 as step,
        cuts.visit_number < coalesce(cuts.end_number, cuts.visit_number + 1) as goes_on
    from cuts
    where
        cuts.visit_number >= cuts.first_number
        and cuts.visit_number < cuts.first_number + cuts.step_limit
        and cuts.visit_number <= coalesce(cuts.end_number, cuts.visit_number)
)

select
    numbered.path_report,
    numbered.person_id,
    numbered.unit_key,
    numbered.step_limit,
    numbered.step,
    numbered.item,
    case when numbered.goes_on then numbered.next_item end as next_item,
    numbered.occurred_at,
    case when numbered.goes_on then numbered.next_at end as next_at
from numbered
