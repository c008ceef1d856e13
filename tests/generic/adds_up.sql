{# Rows in which a total is not the sum of its parts; a null among them is no sum. #}
{% test adds_up(model, total, parts) %}
select
    *,
    {{ parts | join(' + ') }} as sum_of_parts
from {{ model }}
where ({{ total }} = {{ parts | join(' + ') }}) is not true
{% endtest %}
