{{ config(materialized='view') }}

with items as (
    select * from {{ ref('path_candidates') }}
),

path_definitions as (
    select * from {{ ref('path_definitions') }}
),

definitions as (
    select * from {{ ref('definitions') }}
),

groupings as (
    select
        path_definitions.path_report,
        {{ wildcard_pattern("case path_definitions.item
            when 'event_name' then lower(replace(" ~ cell('pattern') ~ ", ' ', '_'))
            else " ~ cell('pattern') ~ ' end') }} as pattern,
        {{ path_item(cell('item'), 'path_definitions.item') }} as item,
        definitions.row_number as file_row
    from definitions
    inner join path_definitions
        on {{ cell('path_report') }} = path_definitions.path_report
    where definitions.file = 'path_groupings'
),

exclusions as (
    select
        path_definitions.path_report,
        {{ path_item(cell('item'), 'path_definitions.item') }} as item
    from definitions
    inner join path_definitions
        on {{ cell('path_report') }} = path_definitions.path_report
    where definitions.file = 'path_exclusions'
),

-- Of several groupings that fit an item the first in the file counts.
distinct_items as (
    select distinct
        items.path_report,
        items.item
    from items
    where items.item is not null
),

named_items as (
    select
        distinct_items.path_report,
        distinct_items.item,
        coalesce(groupings.item, distinct_items.item) as shown_item
    from distinct_items
    left join groupings
        on
            distinct_items.path_report = groupings.path_report
            and regexp_matches(distinct_items.item, groupings.pattern)
    qualify row_number() over (
        partition by distinct_items.path_report, distinct_items.item
        order by groupings.file_row
    ) = 1
)

select
    items.path_report,
    items.person_id,
    items.unit_id,
    items.person_position,
    items.occurred_at,
    named_items.shown_item as item
from items
inner join named_items
    on
        items.path_report = named_items.path_report
        and items.item = named_items.item
left join exclusions
    on
        named_items.path_report = exclusions.path_report
        and named_items.shown_item = exclusions.item
where exclusions.item is null
