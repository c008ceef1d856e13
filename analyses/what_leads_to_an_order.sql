with path_sequences as (
    select * from {{ ref('path_sequences') }}
    where path_report = 'to_order'
)

select
    path_sequences.sequence_rank,
    path_sequences.path,
    path_sequences.people_count,
    round(path_sequences.path_share, 3) as share_of_buyers,
    round(path_sequences.median_seconds) as median_seconds
from path_sequences
where path_sequences.sequence_rank <= 10
order by path_sequences.sequence_rank
