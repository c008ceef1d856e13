{#
    The answers that a consent object gives for the var consent_categories: itself (at the
    key itself where it was joined with another), or by category, Segment's preferences,
    RudderStack's lists or mParticle's purposes of gdpr.
#}
{% macro consent_answers(consent) %}
    {{- return(adapter.dispatch("consent_answers")(consent)) -}}
{% endmacro %}

{% macro duckdb__consent_answers(consent) -%}
{%- set object = "lower(" ~ consent ~ ")" -%}
{%- set names = "['" ~ var("consent_categories") | join("', '") | lower ~ "']" -%}
case
    when left(ltrim({{ consent }}), 1) = '{' then list_concat(
        {%- for place in ['$."', '$.categorypreferences."', '$.gdpr."'] %}
        json_extract_string({{ object }}, list_transform({{ names }}, lambda name:
            concat('{{ place }}', name, '"{{ ".consented" if "gdpr" in place }}'))),
        {%- endfor %}
        [json_extract_string({{ object }}, '$.itself')],
        {{ listed_answers(object, names) }}
    )
    else [json_extract_string({{ object }}, '$')]
end
{%- endmacro %}
