{#
    The name (part 1) or the value (part 2) of the parameter that carries the id of a
    click, in what url_campaign gives: the first that only advertisements carry, else the
    first that stands on every link.
#}
{% macro click_part(query, part) %}
    {{- return(adapter.dispatch("click_part")(query, part)) -}}
{% endmacro %}

{% macro duckdb__click_part(query, part) -%}
case
    when {{ query }} is not null then coalesce(
        nullif(regexp_extract(
            {{ query }}, '(?i)[?&;#]({{ click_parameters("paid") }})=([^&;#]+)', {{ part }}
        ), ''),
        nullif(regexp_extract(
            {{ query }}, '(?i)[?&;#]({{ click_parameters("any") }})=([^&;#]+)', {{ part }}
        ), '')
    )
end
{%- endmacro %}
