{# The next event of a name at or after each person's last step, within a time of the first;
   later than the step `same`, which could be the same event (0: none could). #}
{% macro next_step(number, name, same, window_seconds) -%}
{%- set last = "at_" ~ (number - 1) -%}
select earlier.person_id, {% for step in range(1, number) %}earlier.at_{{ step }}, {% endfor -%}
    later.occurred_at as at_{{ number }}
from (
    select *, {% if same %}case when at_{{ same }} = {{ last }}
        then {{ seconds_after(last, "0.000001") }} else {{ last }} end
        {%- else %}{{ last }}{% endif %} as search_from
    from step_{{ number - 1 }}
) as earlier
{{ join_nearest(
    'inner', '(select * from happenings where ' ~ happened_as(name) ~ ')',
    {'earlier.person_id': 'person_id'}, 'earlier.search_from', '<=', 'occurred_at', 'later'
) }}
where {{ seconds_between('earlier.at_1', 'later.occurred_at') }} <= {{ window_seconds }}
{%- endmacro %}
