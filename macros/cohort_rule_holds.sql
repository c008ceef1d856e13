{# Whether a rule of a cohort holds where its events come to a total. #}
{% macro cohort_rule_holds(total, rule) -%}
case {{ rule }}.comparison
    when 'at_least' then {{ total }} >= {{ rule }}.threshold
    when 'at_most' then {{ total }} <= {{ rule }}.threshold
    else {{ total }} = {{ rule }}.threshold
end <> {{ rule }}.is_negated
{%- endmacro %}
