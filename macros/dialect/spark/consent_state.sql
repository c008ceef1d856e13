{% macro spark__consent_state(consent) -%}
case when {{ consent }} is not null then {{ bound(
    'answers',
    "filter(" ~ consent_answers(consent)
    ~ ", answer -> coalesce(answer, '') not in ('', 'null', 'unset'))",
    "case
        when size(answers) = 0 then null
        when forall(answers, answer -> answer in ('granted', 'true', 'yes', '1'))
            then 'granted'
        else 'denied'
    end"
) }} end
{%- endmacro %}
