{# RudderStack's list of consent ids, of which one may stand there without a list. #}
{% macro listed_ids(consent, answer) %}
    {{- return(adapter.dispatch("listed_ids")(consent, answer)) -}}
{% endmacro %}

{% macro duckdb__listed_ids(consent, answer) -%}
{%- set ids = "json_extract(" ~ consent ~ ", '$." ~ answer ~ "consentids')" -%}
case json_type({{ ids }})
    when 'ARRAY' then try_cast({{ ids }} as varchar[])
    when 'VARCHAR' then [json_extract_string({{ ids }}, '$')]
end
{%- endmacro %}
