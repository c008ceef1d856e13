with parsed_events as (
    select * from {{ ref('parsed_events') }}
),

internal_traffic as (
    select * from {{ ref('internal_traffic') }}
),

rules as (
    select
        internal_traffic.*,
        {{ network_size('internal_traffic.value') }} as size,
        {{ ip_number("split_part(internal_traffic.value, '/', 1)") }} as address
    from internal_traffic
),

-- The full address is read here and not kept.
judged as (
    select
        parsed_events.*,
        {{ url_host('parsed_events.page_url') }} as page_host,
        {{ ip_number('parsed_events.ip') }} as address
    from parsed_events
)

-- A rule that filters goes before one that flags, and of equals the first by name.
select
    judged.event_key,
    judged.file_name,
    judged.line_number,
    judged.collector,
    judged.event_id,
    rules.rule,
    rules.action
from judged
inner join rules
    on {{ internal_rule_holds('judged', 'rules') }}
qualify row_number() over (
    partition by judged.event_key
    order by
        case rules.action when 'filter' then 1 else 2 end,
        rules.rule asc nulls last,
        rules.value asc nulls last
) = 1
