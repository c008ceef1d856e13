with path_nodes as (
    select * from {{ ref('path_nodes') }}
),

path_definitions as (
    select * from {{ ref('path_definitions') }}
),

-- A path that stops below the limit of nodes leads to its drop-off.
passages as (
    select
        path_nodes.*,
        {{ seconds_between('path_nodes.occurred_at', 'path_nodes.next_at') }} as seconds
    from path_nodes
    where path_nodes.step < path_nodes.step_limit
),

edge_counts as (
    select
        passages.path_report,
        passages.step,
        passages.item,
        passages.next_item,
        count(*) as path_count
    from passages
    where passages.next_item is not null
    group by
        passages.path_report, passages.step, passages.item, passages.next_item
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
            edge_counts.item asc,
            edge_counts.next_item asc,
            edge_counts.step asc
    ) <= path_definitions.edge_limit
),

named as (
    select
        passages.path_report,
        passages.person_id,
        passages.step,
        passages.item,
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
            and passages.step = shown_edges.step
            and passages.item = shown_edges.item
            and passages.next_item = shown_edges.next_item
),

counted as (
    select
        named.path_report,
        named.step,
        named.item,
        named.target_item,
        count(*) as path_count,
        count(distinct named.person_id) as people_count,
        {{ ordered_sum("named.seconds") }} / nullif(count(named.seconds), 0)
            as mean_seconds,
        percentile_cont(0.5) within group (order by named.seconds) as median_seconds
    from named
    group by named.path_report, named.step, named.item, named.target_item
)

select
    counted.path_report,
    cast(counted.step as integer) as source_step,
    counted.item as source_item,
    cast(counted.step + 1 as integer) as target_step,
    counted.target_item,
    counted.path_count,
    counted.people_count,
    counted.path_count / sum(counted.path_count) over (
        partition by counted.path_report, counted.step, counted.item
    ) as path_share,
    counted.mean_seconds,
    counted.median_seconds
from counted
