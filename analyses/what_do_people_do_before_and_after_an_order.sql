with path_neighbours as (
    select * from {{ ref('path_neighbours') }}
    where path_report = 'to_order' and item = 'order_completed'
)

select
    path_neighbours.direction,
    path_neighbours.neighbour,
    path_neighbours.passage_count,
    path_neighbours.people_count,
    round(path_neighbours.passage_share, 3) as share_of_orders,
    round(path_neighbours.median_seconds) as median_seconds
from path_neighbours
order by
    path_neighbours.direction desc,
    path_neighbours.passage_count desc,
    path_neighbours.neighbour asc
