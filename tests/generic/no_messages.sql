{#
    A table of messages that must be empty: the test fails with the messages themselves.
    The error stands in a condition, as no engine leaves that out when it counts rows.
#}
{% test no_messages(model) %}
select 1 as failure
from (
    select concat(chr(10), string_agg(message, chr(10) order by message)) as messages
    from {{ model }}
    having count(*) > 0
)
where error(messages) is null
{% endtest %}
