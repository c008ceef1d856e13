{{ config(meta={'follows': 'events'}) }}

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
        {{ ip_number('trim(parsed_events.ip)') }} as address
    from parsed_events
),

held as (
    select
        judged.event_key,
        judged.file_name,
        judged.line_number,
        judged.collector,
        judged.event_id,
        rules.rule,
        rules.value,
        rules.action
    from judged
    inner join rules
        on {{ internal_rule_holds('judged', 'rules') }}

    union all

    select
        identified_events.event_key,
        identified_events.file_name,
        identified_events.line_number,
        identified_events.collector,
        identified_events.event_id,
        'development' as rule,
        cast(null as string) as value,
        'filter' as action
    from {{ ref('identified_events') }} as identified_events
    where
        identified_events.collector = 'mparticle'
        and identified_events.is_development
        and not {{ var('keep_development_events') }}
)

-- A rule that filters goes before one that flags, and of equals the first by name.
select
    held.event_key,
    held.file_name,
    held.line_number,
    held.collector,
    held.event_id,
    held.rule,
    held.action
from held
qualify row_number() over (
    partition by held.event_key
    order by
        case held.action when 'filter' then 1 else 2 end,
        held.rule asc nulls last,
        held.value asc nulls last
) = 1
