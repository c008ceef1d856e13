{# The answers that RudderStack's lists give: what a list of what was allowed leaves out, was
   not. #}
{% macro listed_answers(consent, names) %}
    {{- return(adapter.dispatch("listed_answers")(consent, names)) -}}
{% endmacro %}

{% macro duckdb__listed_answers(consent, names) -%}
case
    when list_has_any({{ names }}, {{ listed_ids(consent, "denied") }}) then ['denied']
end,
case when len({{ listed_ids(consent, "allowed") }}) > 0 then [
    case
        when list_has_any({{ names }}, {{ listed_ids(consent, "allowed") }})
            then 'granted'
        else 'denied'
    end
] end
{%- endmacro %}
