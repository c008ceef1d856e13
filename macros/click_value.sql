{# The value of the parameter that click_parameter names, as it stands in the URL. Each
   pattern is constant, since one that is put together for each row is never kept. #}
{% macro click_value(query) -%}
case when regexp_matches(
    {{ query }}, '(?i)[?&;#]({{ click_parameters() | join("|") }})=[^&;#]'
) then case
    {%- for parameter in click_parameters() %}
    when regexp_matches({{ query }}, '(?i)[?&;#]{{ parameter }}=[^&;#]')
        then regexp_extract({{ query }}, '(?i)[?&;#]{{ parameter }}=([^&;#]+)', 1)
    {%- endfor %}
end end
{%- endmacro %}
