{#
    What RudderStack's merge message makes one person: a user and who that is also
    (previous), or, where both are of devices, a device and another (previous). A previous
    identifier of a device is also the message's device: whoever names both logs in.
#}
{% macro merged_identifier(message, role) -%}
{%- set is_device, value = [], [] -%}
{%- for position in [0, 1] -%}
    {%- do is_device.append("coalesce(" ~ merge_property(message, position, "type")
        ~ ", '') = 'anonymous_id'") -%}
    {%- do value.append(merge_property(message, position, "value")) -%}
{%- endfor -%}
case
    {%- if role == "user" %}
    when not {{ is_device[0] }} then {{ value[0] }}
    when not {{ is_device[1] }} then {{ value[1] }}
    {%- elif role == "device" %}
    when {{ is_device[0] }} then {{ value[0] }}
    when {{ is_device[1] }} then {{ value[1] }}
    {%- else %}
    when {{ is_device[0] }} and not {{ is_device[1] }} then {{ value[0] }}
    else {{ value[1] }}
    {%- endif %}
end
{%- endmacro %}
