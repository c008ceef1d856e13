{# Which of the parameters of a click is present in what url_campaign gives. #}
{% macro click_parameter(query) -%}
case when regexp_matches(
    {{ query }}, '(?i)[?&;#]({{ click_parameters() | join("|") }})=[^&;#]'
) then case
    {%- for parameter in click_parameters() %}
    when regexp_matches({{ query }}, '(?i)[?&;#]{{ parameter }}=[^&;#]')
        then '{{ parameter }}'
    {%- endfor %}
end end
{%- endmacro %}
