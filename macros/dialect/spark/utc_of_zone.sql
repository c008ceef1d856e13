{# Of a time that came twice, as clocks were put back, it is the second, as on DuckDB. #}
{% macro spark__utc_of_zone(moment, zone) -%}
{%- set later -%}
convert_timezone('{{ zone }}', 'UTC', {{ moment }} + interval 1 day) - interval 1 day
{%- endset -%}
case
    when convert_timezone('UTC', '{{ zone }}', {{ later }}) = {{ moment }} then {{ later }}
    else convert_timezone('{{ zone }}', 'UTC', {{ moment }})
end
{%- endmacro %}
