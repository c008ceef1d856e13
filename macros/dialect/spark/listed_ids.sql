{% macro spark__listed_ids(consent, answer) -%}
{%- set ids = consent ~ "['" ~ answer ~ "consentids']" -%}
case
    when {{ ids }} like '[%' then from_json({{ ids }}, 'array<string>')
    else array({{ ids }})
end
{%- endmacro %}
