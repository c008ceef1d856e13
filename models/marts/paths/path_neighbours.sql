with path_visits as (
    select * from {{ ref('path_visits') }}
),

path_definitions as (
    select * from {{ ref('path_definitions') }}
),

items as (
    select
        path_visits.path_report,
        path_visits.item,
        count(*) as visit_count
    from path_visits
    group by path_visits.path_report, path_visits.item
),

-- As many items are told apart as the report shows edges.
shown_items as (
    select items.*
    from items
    inner join path_definitions
        on items.path_report = path_definitions.path_report
    qualify row_number() over (
        partition by items.path_report
        order by items.visit_count desc, items.item asc
    ) <= path_definitions.edge_limit
),

-- Each visit with the one after it, and each first one with what was before it.
passages as (
    select
        path_visits.path_report,
        path_visits.person_id,
        path_visits.item,
        coalesce(path_visits.next_item, '(drop-off)') as next_item,
        {{ seconds_between('path_visits.occurred_at', 'path_visits.next_at') }}
            as seconds
    from path_visits

    union all

    select
        path_visits.path_report,
        path_visits.person_id,
        '(start)' as item,
        path_visits.item as next_item,
        cast(null as double) as seconds
    from path_visits
    where path_visits.visit_number = 1
),

pairs as (
    select
        passages.path_report,
        case
            when sources.item is null and passages.item <> '(start)' then '(other)'
            else passages.item
        end as item,
        case
            when targets.item is null and passages.next_item <> '(drop-off)'
                then '(other)'
            else passages.next_item
        end as next_item,
        passages.person_id,
        passages.seconds
    from passages
    left join shown_items as sources
        on
            passages.path_report = sources.path_report
            and passages.item = sources.item
    left join shown_items as targets
        on
            passages.path_report = targets.path_report
            and passages.next_item = targets.item
),

counted as (
    select
        pairs.path_report,
        pairs.item,
        pairs.next_item,
        count(*) as passage_count,
        count(distinct pairs.person_id) as people_count,
        percentile_cont(0.5) within group (order by pairs.seconds) as median_seconds
    from pairs
    group by pairs.path_report, pairs.item, pairs.next_item
),

-- Whoever comes after an item has it before them.
directed as (
    select
        counted.*,
        'after' as direction,
        counted.item as subject_item,
        counted.next_item as neighbour
    from counted
    where counted.item <> '(start)'

    union all

    select
        counted.*,
        'before' as direction,
        counted.next_item as subject_item,
        counted.item as neighbour
    from counted
    where counted.next_item <> '(drop-off)'
)

select
    directed.path_report,
    directed.subject_item as item,
    directed.direction,
    directed.neighbour,
    directed.passage_count,
    directed.people_count,
    directed.passage_count / sum(directed.passage_count) over (
        partition by
            directed.path_report, directed.subject_item, directed.direction
    ) as passage_share,
    directed.median_seconds
from directed
