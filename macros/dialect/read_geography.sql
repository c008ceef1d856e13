{# The rows of a geography database: MaxMind's GeoLite2 City as a folder of CSV files, or
   DB-IP's city file of CSV; none where no path is given. #}
{% macro read_geography(path) %}
    {{- return(adapter.dispatch("read_geography")(path)) -}}
{% endmacro %}

{% macro duckdb__read_geography(path) -%}
{%- if not path -%}
select null::varchar as network, null::varchar as first_ip, null::varchar as last_ip,
    null::varchar as country, null::varchar as region, null::varchar as city
where false
{%- elif ".csv" in path -%}
select null as network, ip_start as first_ip, ip_end as last_ip, country, stateprov as region, city
from read_csv('{{ path }}', header = false, all_varchar = true, names = [
    'ip_start', 'ip_end', 'continent', 'country', 'stateprov', 'city', 'latitude', 'longitude'
])
{%- else -%}
select blocks.network, null as first_ip, null as last_ip,
    places.country_iso_code as country, places.subdivision_1_name as region, places.city_name as city
from read_csv('{{ path }}/*-Blocks-IPv*.csv', all_varchar = true) as blocks
inner join (
    select geoname_id, country_iso_code, subdivision_1_name, city_name
    from read_csv('{{ path }}/*-Locations-en.csv', all_varchar = true)
) as places on coalesce(blocks.geoname_id, blocks.registered_country_geoname_id) = places.geoname_id
{%- endif -%}
{%- endmacro %}
