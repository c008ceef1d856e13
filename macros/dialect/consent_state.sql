{#
    What an event's consent object says of analytics: granted, denied, or null where it says
    nothing. Of several answers each must be a yes; what is neither empty nor a yes is a no.
#}
{% macro consent_state(consent) %}
    {{- return(adapter.dispatch("consent_state")(consent)) -}}
{% endmacro %}

{% macro duckdb__consent_state(consent) -%}
case when {{ consent }} is not null then list_transform(
    [list_filter(
        {{ consent_answers(consent) }},
        lambda answer: coalesce(answer, '') not in ('', 'null', 'unset')
    )],
    lambda answers: case
        when len(answers) = 0 then null
        when len(list_filter(
            answers, lambda answer: answer not in ('granted', 'true', 'yes', '1')
        )) = 0 then 'granted'
        else 'denied'
    end
)[1] end
{%- endmacro %}
