{% macro spark__read_geography(path) -%}
{%- set header = "with (header 'true', escape '\"')" -%}
{%- if not path -%}
select cast(null as string) as network, cast(null as string) as first_ip,
    cast(null as string) as last_ip, cast(null as string) as country,
    cast(null as string) as region, cast(null as string) as city
where false
{%- elif ".csv" in path -%}
select null as network, _c0 as first_ip, _c1 as last_ip, _c3 as country, _c4 as region, _c5 as city
from csv.`{{ path }}` with (escape '"')
{%- else -%}
select blocks.network, null as first_ip, null as last_ip,
    places.country_iso_code as country, places.subdivision_1_name as region, places.city_name as city
from csv.`{{ path }}/*-Blocks-IPv*.csv` {{ header }} as blocks
inner join (
    select geoname_id, country_iso_code, subdivision_1_name, city_name
    from csv.`{{ path }}/*-Locations-en.csv` {{ header }}
) as places on coalesce(blocks.geoname_id, blocks.registered_country_geoname_id) = places.geoname_id
{%- endif -%}
{%- endmacro %}
