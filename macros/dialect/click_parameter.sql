{# Which of the parameters of a click is present in what url_campaign gives. #}
{% macro click_parameter(query) %}
    {{- return(adapter.dispatch("click_parameter")(query)) -}}
{% endmacro %}

{% macro duckdb__click_parameter(query) -%}
case
    when {{ query }} is not null
        then list_filter(
            {{ click_parameters() }},
            lambda parameter: list_contains(regexp_extract_all(
                lower({{ query }}), '[?&;#]([a-z_]+)=[^&;#]', 1
            ), parameter)
        )[1]
end
{%- endmacro %}
