{# A table of messages that must be empty: the test fails with the messages themselves. #}
{% test no_messages(model) %}
{{ stop_on_rows(model) }}
{% endtest %}
