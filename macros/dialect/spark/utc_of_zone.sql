{# Of an hour that came twice it is the second, as on DuckDB. #}
{% macro spark__utc_of_zone(moment, zone) -%}
{%- set first = "convert_timezone('" ~ zone ~ "', 'UTC', " ~ moment ~ ")" -%}
case
    when convert_timezone('UTC', '{{ zone }}', {{ first }} + interval 1 hour) = {{ moment }}
        then {{ first }} + interval 1 hour
    else {{ first }}
end
{%- endmacro %}
