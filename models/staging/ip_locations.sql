with staged_events as (
    select * from {{ ref('staged_events') }}
),

geography_networks as (
    select * from {{ ref('geography_networks') }}
),

distinct_addresses as (
    select distinct staged_events.ip
    from staged_events
    where staged_events.ip is not null
),

addresses as (
    select
        distinct_addresses.ip,
        {{ ip_number('distinct_addresses.ip') }} as address
    from distinct_addresses
)

-- A network that was cut stands where its first address does.
select
    addresses.ip,
    geography_networks.country,
    geography_networks.region,
    geography_networks.city
from addresses
{{ join_reached('addresses', 'address', 'geography_networks', 'first_address') }}
where addresses.address <= geography_networks.last_address
