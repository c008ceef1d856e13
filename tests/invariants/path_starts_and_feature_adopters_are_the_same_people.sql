{{ config(group='paths') }}

-- A path of persons that starts with an event has as many units as people did it, by
-- the matched events of which features, funnels and retentions are made.
-- Left out are reports of which groupings, exclusions, an end item, a time or a cohort
-- take something away, names with conditions, and what is no interaction.
with starts as (
    select
        path_definitions.path_report,
        path_definitions.start_item,
        count(path_nodes.unit_key) as path_count
    from {{ ref('path_definitions') }} as path_definitions
    left join {{ ref('path_nodes') }} as path_nodes
        on
            path_definitions.path_report = path_nodes.path_report
            and path_nodes.step = 1
    where
        path_definitions.unit = 'person'
        and path_definitions.item = 'event_name'
        and path_definitions.end_item is null
        and path_definitions.path_from = timestamp '0001-01-01'
        and path_definitions.path_until = timestamp '9999-01-01'
        and path_definitions.cohort is null
        and not exists (
            select 1 from {{ ref('path_item_names') }} as path_item_names
            where
                path_item_names.path_report = path_definitions.path_report
                and (path_item_names.item = path_definitions.start_item)
                <> (path_item_names.source_name = path_definitions.start_item)
        )
    group by path_definitions.path_report, path_definitions.start_item
),

done as (
    select
        matched_events.event,
        count(distinct matched_events.person_id) as people_count
    from {{ ref('matched_events') }} as matched_events
    where
        matched_events.is_interaction
        and not exists (
            select 1 from {{ ref('event_parts') }} as event_parts
            where
                event_parts.event = matched_events.event
                and (
                    event_parts.event_name <> matched_events.event
                    or event_parts.property_name is not null
                )
        )
    group by matched_events.event
)

select
    starts.path_report,
    starts.start_item,
    starts.path_count,
    done.people_count
from starts
inner join done
    on starts.start_item = done.event
where starts.path_count <> done.people_count
