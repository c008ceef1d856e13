{#
    What may be concluded now: by the corrected p-value once a result is final, before that
    only by the sequential one, which holds however often one looks.
#}
{% macro experiment_decision(result) -%}
case
    when {{ result }}.reason is not null then null
    when {{ result }}.is_final and {{ result }}.adjusted_p_value < 1 - {{ result }}.confidence
        or not {{ result }}.is_final
        and {{ result }}.sequential_p_value < 1 - {{ result }}.confidence
        then case when {{ result }}.gain > 0 then 'better' else 'worse' end
    when not {{ result }}.is_final then 'wait'
    when {{ result }}.non_inferiority_p_value < 1 - {{ result }}.confidence then 'not_worse'
    else 'inconclusive'
end
{%- endmacro %}
