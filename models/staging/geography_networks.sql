-- Version of the files: {{ geography_version(geography_path()) }}
with geography as (
    {{ read_geography(geography_path()) }}
),

-- A database gives networks, or the first and the last address of a range.
numbered as (
    select
        geography.*,
        coalesce(
            {{ ip_number("split_part(geography.network, '/', 1)") }},
            {{ ip_number('geography.first_ip') }}
        ) as first_address
    from geography
)

select
    numbered.first_address,
    coalesce(
        {{ ip_number('numbered.last_ip') }},
        {{ last_address('numbered.first_address', network_size('numbered.network')) }}
    ) as last_address,
    -- DB-IP's name of no country.
    nullif(nullif(numbered.country, ''), 'ZZ') as country,
    nullif(numbered.region, '') as region,
    nullif(numbered.city, '') as city
from numbered
where numbered.first_address is not null
