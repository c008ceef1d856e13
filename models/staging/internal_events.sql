with parsed_events as (
    select * from {{ ref('parsed_events') }}
),

internal_traffic as (
    select * from {{ ref('internal_traffic') }}
)

-- The full address is read here and not kept. A rule that filters goes before one that
-- flags, and of equals the first by name.
select
    parsed_events.event_key,
    parsed_events.file_name,
    parsed_events.line_number,
    parsed_events.collector,
    parsed_events.event_id,
    internal_traffic.rule,
    internal_traffic.action
from parsed_events
inner join internal_traffic
    on {{ internal_rule_holds('parsed_events', 'internal_traffic') }}
qualify row_number() over (
    partition by parsed_events.event_key
    order by
        case internal_traffic.action when 'filter' then 1 else 2 end,
        internal_traffic.rule asc nulls last,
        internal_traffic.value asc nulls last
) = 1
