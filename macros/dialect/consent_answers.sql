{#
    The answers, in lower case, that a consent object gives for the categories of the var
    consent_categories. It may be one answer, or an object: of categories (Google's consent
    mode), of categoryPreferences (Segment), of deniedConsentIds and allowedConsentIds
    (RudderStack), or of purposes under gdpr, with the answer in consented (mParticle).
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
        {%- for key, answer in [("denied", "denied"), ("allowed", "granted")] %}
        case when list_has_any({{ names }}, try_cast(
            json_extract({{ object }}, '$.{{ key }}consentids') as varchar[]
        )) then ['{{ answer }}'] end{{ "," if not loop.last }}
        {%- endfor %}
    )
    else [json_extract_string({{ object }}, '$')]
end
{%- endmacro %}
