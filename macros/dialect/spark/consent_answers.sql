{% macro spark__consent_answers(consent) -%}
{%- set names = "array('" ~ var("consent_categories") | join("', '") | lower ~ "')" -%}
{%- set categories = "from_json(said['categorypreferences'], 'map<string, string>')" -%}
{%- set purposes = "from_json(said['gdpr'], 'map<string, string>')" -%}
{%- set answers -%}
concat(
    transform({{ names }}, name -> said[name]),
    array(said['itself']),
    transform({{ names }}, name -> {{ categories }}[name]),
    transform({{ names }}, name -> get_json_object({{ purposes }}[name], '$.consented')),
    {{ listed_answers("said", names) }}
)
{%- endset -%}
case
    when left(ltrim({{ consent }}), 1) = '{'
        then {{ bound('said', "from_json(lower(" ~ consent ~ "), 'map<string, string>')", answers) }}
    else array({{ json_text("lower(" ~ consent ~ ")") }})
end
{%- endmacro %}
