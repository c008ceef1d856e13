{#
    The name (part 1) or the value (part 2) of the parameter that carries the id of a
    click, in what url_campaign gives: the first that only advertisements carry, else the
    first that stands on every link.
#}
{% macro click_part(query, part) -%}
{%- set pattern = "'(?i)" ~ parameter_start() ~ "(" ~ click_parameters("paid") ~ ")=([^&;#]+)'" -%}
{%- set other_pattern = "'(?i)" ~ parameter_start() ~ "(" ~ click_parameters("any") ~ ")=([^&;#]+)'" -%}
case
    when {{ query }} is not null then coalesce(
        nullif({{ matched_part(query, pattern, part) }}, ''),
        nullif({{ matched_part(query, other_pattern, part) }}, '')
    )
end
{%- endmacro %}
