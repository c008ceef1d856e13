{# How many events a landed line stands for: as many as a batch holds, else one. #}
{% macro event_count(line) -%}
case
    when {{ line }}.collector = 'mparticle'
        then greatest({{ json_length(line ~ '.message.events') }}, 1)
    else 1
end
{%- endmacro %}
