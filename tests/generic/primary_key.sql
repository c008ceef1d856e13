{#
    Rows whose key is not one row's alone, or has a null in it. Columns may be
    expressions: a column that may be null stands in a key as coalesce(column, '').
#}
{% test primary_key(model, columns) %}
select
    {{ columns | join(', ') }},
    count(*) as row_count
from {{ model }}
group by all
having
    count(*) > 1
    {%- for column in columns %}
    or {{ column }} is null
    {%- endfor %}
{% endtest %}
