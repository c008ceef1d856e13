{# The next event of a name at or after each person's last step, within a time of the first;
   an event of the same name as an earlier step must come later. #}
{% macro next_step(previous, step, is_repeated, window_seconds) -%}
select earlier.person_id, earlier.entered_at, later.occurred_at as reached_at
from {{ previous }} as earlier
{{ join_nearest(
    'inner', '(select * from happenings where happened = ' ~ snake_case("'" ~ step ~ "'") ~ ')',
    {'earlier.person_id': 'person_id'},
    'earlier.reached_at', "<" if is_repeated else "<=", 'occurred_at', 'later'
) }}
where {{ seconds_between('earlier.entered_at', 'later.occurred_at') }} <= {{ window_seconds }}
{%- endmacro %}
