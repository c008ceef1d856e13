{#
    The first value of a parameter, in whatever case its name is written, of what
    url_campaign gives: & and ; stand between parameters, and a fragment may hold some as
    well. It is percent-decoded, or as it stands where that gives no UTF-8.
#}
{% macro url_parameter(query, parameter) -%}
{%- set pattern = "'(?i)" ~ parameter_start() ~ parameter ~ "=([^&;#]*)'" -%}
case
    when {{ query }} is not null
        then nullif({{ url_text(matched_part(query, pattern, 1)) }}, '')
end
{%- endmacro %}
