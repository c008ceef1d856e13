{# Why a line cannot be given to a collector's model; null where it can. #}
{% macro landing_fault(line) -%}
case
    when {{ line }}.reject_reason is not null then {{ line }}.reject_reason
    when left(cast({{ line }}.line as string), 1) <> '{'
        and not {{ has_match('cast(' ~ line ~ '.line as string)', "'^[[:space:]]*[{]'") }}
        then 'not_an_object'
    when {{ line }}.collector is null then 'unknown_format'
    when {{ line }}.collector = 'mparticle' and {{ json_length(line ~ '.message.events') }} = 0
        then 'empty_batch'
end
{%- endmacro %}
