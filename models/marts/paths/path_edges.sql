with path_nodes as (
    select * from {{ ref('path_nodes') }}
),

path_definitions as (
    select * from {{ ref('path_definitions') }}
),

-- A path that stops below the limit of nodes leads to its drop-off.
passages as (
    select
        path_nodes.path_report,
        path_nodes.person_id,
        path_nodes.step as source_step,
        path_nodes.item as source_item,
        lead(path_nodes.item) over next_nodes as next_item,
        {{ seconds_between(
            'path_nodes.occurred_at', 'lead(path_nodes.occurred_at) over next_nodes'
        ) }} as seconds
    from path_nodes
    window
        next_nodes as (
            partition by path_nodes.path_report, path_nodes.unit_id
            order by path_nodes.step
        )
    qualify next_item is not null or path_nodes.step < path_nodes.step_limit
),

edge_counts as (
    select
        passages.path_report,
        passages.source_step,
        passages.source_item,
        passages.next_item,
        count(*) as path_count
    from passages
    where passages.next_item is not null
    group by
        passages.path_report, passages.source_step, passages.source_item,
        passages.next_item
),

shown_edges as (
    select edge_counts.*
    from edge_counts
    inner join path_definitions
        on edge_counts.path_report = path_definitions.path_report
    qualify row_number() over (
        partition by edge_counts.path_report
        order by
            edge_counts.path_count desc,
            edge_counts.source_step asc,
            edge_counts.source_item asc,
            edge_counts.next_item asc
    ) <= path_definitions.edge_limit
),

named as (
    select
        passages.path_report,
        passages.person_id,
        passages.source_step,
        passages.source_item,
        case
            when passages.next_item is null then '(drop-off)'
            when shown_edges.next_item is null then '(other)'
            else passages.next_item
        end as target_item,
        passages.seconds
    from passages
    left join shown_edges
        on
            passages.path_report = shown_edges.path_report
            and passages.source_step = shown_edges.source_step
            and passages.source_item = shown_edges.source_item
            and passages.next_item = shown_edges.next_item
)

select
    named.path_report,
    cast(named.source_step as integer) as source_step,
    named.source_item,
    cast(named.source_step + 1 as integer) as target_step,
    named.target_item,
    count(*) as path_count,
    count(distinct named.person_id) as people_count,
    {{ ordered_sum("named.seconds") }} / nullif(count(named.seconds), 0)
        as mean_seconds
from named
group by named.path_report, named.source_step, named.source_item, named.target_item
