{# A query of what a variant changed, by Welch's test, in a relation with one row per unit
   (variant, and a number): experiment_of(ref('my_units'), 'revenue', control='control').
   Units without a number are left out. #}
{% macro experiment_of(relation, value, control='control') -%}
with arms as (
    select variant, count({{ value }}) as units, avg(cast({{ value }} as double)) as mean,
        var_samp(cast({{ value }} as double)) / count({{ value }}) as squared_error
    from {{ relation }} as any_units group by variant
),
compared as (
    select treated.variant, treated.units, treated.mean, control.mean as control_mean,
        treated.mean - control.mean as absolute_effect, {{ welch('treated', 'control') }}
    from arms as treated inner join arms as control
        on control.variant = {{ sql_text(control) }} and treated.variant <> control.variant
),
standardised as (select *, abs(absolute_effect) / standard_error as statistic from compared)
select variant, units, mean, control_mean, absolute_effect,
    absolute_effect / nullif(abs(control_mean), 0) as relative_effect, standard_error,
    {{ at_most(1, '2 * ' ~ student_t_tail('statistic', 'degrees_of_freedom')) }} as p_value
from standardised order by variant
{%- endmacro %}
