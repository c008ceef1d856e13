{# What Amplitude's identify events do to a property beside setting it: what it is then the
   event does not say. Source: Amplitude, Identify API, supported operations. #}
{% macro amplitude_operators() %}
    {{ return([
        '$add', '$append', '$prepend', '$preInsert', '$postInsert', '$remove', '$unset',
        '$clearAll'
    ]) }}
{% endmacro %}
