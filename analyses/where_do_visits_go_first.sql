with path_edges as (
    select * from {{ ref('path_edges') }}
    where path_report = 'pages_in_session' and source_step = 1
)

select
    path_edges.source_item,
    path_edges.target_item,
    path_edges.path_count,
    round(
        path_edges.path_count
        / sum(path_edges.path_count) over (partition by path_edges.source_item), 3
    ) as share_of_visits,
    round(path_edges.mean_seconds) as mean_seconds
from path_edges
order by
    path_edges.path_count desc, path_edges.source_item asc, path_edges.target_item asc
