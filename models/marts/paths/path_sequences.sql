with path_nodes as (
    select * from {{ ref('path_nodes') }}
),

path_definitions as (
    select * from {{ ref('path_definitions') }}
),

paths as (
    select
        path_nodes.path_report,
        path_nodes.unit_key,
        min(path_nodes.person_id) as person_id,
        {{ joined_texts('path_nodes.item', "' > '", 'path_nodes.step') }} as path,
        cast(max(path_nodes.step) as integer) as node_count,
        {{ seconds_between(
            'min(path_nodes.occurred_at)', 'max(path_nodes.occurred_at)'
        ) }} as seconds
    from path_nodes
    group by path_nodes.path_report, path_nodes.unit_key
),

ranked as (
    select
        paths.path_report,
        paths.path,
        row_number() over (
            partition by paths.path_report
            order by count(*) desc, paths.path asc
        ) as sequence_rank
    from paths
    group by paths.path_report, paths.path
),

-- The sequences beyond the limit are one row after the others.
named as (
    select
        paths.*,
        path_definitions.sequence_limit,
        ranked.sequence_rank > path_definitions.sequence_limit as is_other,
        least(ranked.sequence_rank, path_definitions.sequence_limit + 1)
            as shown_rank
    from paths
    inner join ranked
        on
            paths.path_report = ranked.path_report
            and paths.path = ranked.path
    inner join path_definitions
        on paths.path_report = path_definitions.path_report
),

counted as (
    select
        named.path_report,
        named.shown_rank,
        case when named.is_other then '(other)' else min(named.path) end as path,
        case when not named.is_other then min(named.node_count) end as node_count,
        count(*) as path_count,
        count(distinct named.person_id) as people_count,
        {{ ordered_sum("named.seconds") }} / count(*) as mean_seconds,
        percentile_cont(0.5) within group (order by named.seconds) as median_seconds
    from named
    group by named.path_report, named.shown_rank, named.is_other
)

select
    counted.path_report,
    cast(counted.shown_rank as integer) as sequence_rank,
    counted.path,
    counted.node_count,
    counted.path_count,
    counted.people_count,
    counted.path_count / sum(counted.path_count) over (
        partition by counted.path_report
    ) as path_share,
    counted.mean_seconds,
    counted.median_seconds
from counted
