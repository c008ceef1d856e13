{#
    A table of messages that must be empty: the test fails with the messages themselves.
    The error stands in a condition, as no engine leaves that out when it counts rows, and
    in a case, as Spark would evaluate it before a having.
#}
{% test no_messages(model) %}
select 1 as failure
from (
    select
        count(*) as message_count,
        concat(chr(10), {{ joined_texts('message', 'chr(10)', 'message') }}) as messages
    from {{ model }}
)
where case when message_count > 0 then {{ stop_with('messages') }} end is not null
{% endtest %}
