{{ config(group='paths') }}

-- Whole paths, those beyond the limit with them, are as many as units have a first
-- node; and where paths have more than one step, so many leave the first.
with units as (
    select
        path_report,
        count(*) as unit_count
    from {{ ref('path_nodes') }}
    where step = 1
    group by path_report
),

sequences as (
    select
        path_report,
        sum(path_count) as path_count,
        max(sequence_rank) as last_rank,
        count(*) as sequence_count
    from {{ ref('path_sequences') }}
    group by path_report
),

first_edges as (
    select
        path_report,
        sum(path_count) as path_count
    from {{ ref('path_edges') }}
    where source_step = 1
    group by path_report
)

select
    path_definitions.path_report,
    units.unit_count,
    sequences.path_count,
    first_edges.path_count as leaving_count
from {{ ref('path_definitions') }} as path_definitions
left join units
    on path_definitions.path_report = units.path_report
left join sequences
    on path_definitions.path_report = sequences.path_report
left join first_edges
    on path_definitions.path_report = first_edges.path_report
where
    units.unit_count is distinct from sequences.path_count
    or sequences.last_rank is distinct from sequences.sequence_count
    or sequences.last_rank > path_definitions.sequence_limit + 1
    or (
        path_definitions.step_limit > 1
        and units.unit_count is distinct from first_edges.path_count
    )
