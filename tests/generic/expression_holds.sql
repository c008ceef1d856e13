{#
    Rows for which a condition is not true. Unknown counts as not true, so that a null
    where the condition did not think of one is found.
#}
{% test expression_holds(model, expression) %}
select *
from {{ model }}
where ({{ expression }}) is not true
{% endtest %}
