with path_definitions as (
    select * from {{ ref('path_definitions') }}
),

definitions as (
    select * from {{ ref('path_item_rules') }}
),

staged_events as (
    select * from {{ ref('staged_events') }}
    where is_interaction
),

source_names as (
    select distinct
        'event_name' as item_type,
        staged_events.event_name as source_name
    from staged_events

    union all

    select distinct
        'page_path' as item_type,
        staged_events.page_path as source_name
    from staged_events
    where
        staged_events.event_name = 'page_viewed'
        and staged_events.page_path <> ''
),

patterns as (
    select
        path_definitions.path_report,
        definitions.file,
        definitions.row_number as file_row,
        {{ path_pattern(
            "coalesce(" ~ cell('pattern') ~ ", " ~ cell('item') ~ ")",
            'path_definitions.item'
        ) }} as pattern,
        {{ path_item(cell('item'), 'path_definitions.item') }} as item
    from definitions
    inner join path_definitions
        on {{ cell('path_report') }} = path_definitions.path_report
),

own_items as (
    select
        path_definitions.path_report,
        path_definitions.item as item_type,
        source_names.source_name,
        {{ path_item('source_names.source_name', 'path_definitions.item') }} as item
    from source_names
    inner join path_definitions
        on source_names.item_type = path_definitions.item
),

-- Of several groupings that fit an item the first in the file counts.
grouped_items as (
    select
        own_items.path_report,
        own_items.item_type,
        own_items.source_name,
        coalesce(patterns.item, own_items.item) as item
    from own_items
    left join patterns
        on
            own_items.path_report = patterns.path_report
            and patterns.file = 'path_groupings'
            and {{ fits_wildcard('own_items.item', 'patterns.pattern') }}
    qualify row_number() over (
        partition by
            own_items.path_report, own_items.item_type, own_items.source_name
        order by patterns.file_row
    ) = 1
)

select grouped_items.*
from grouped_items
where not exists (
    select 1 from patterns
    where
        patterns.path_report = grouped_items.path_report
        and patterns.file = 'path_exclusions'
        and {{ fits_wildcard('grouped_items.item', 'patterns.pattern') }}
)
