{# Whether a rule of internal_traffic holds for an event: texts are compared in lower
   case, networks with the full address. #}
{% macro internal_rule_holds(event, rule) -%}
{%- set text -%}
lower(case {{ rule }}.attribute
    when 'ip' then {{ event }}.ip
    when 'user_id' then {{ event }}.user_id
    when 'anonymous_id' then {{ event }}.anonymous_id
    when 'page_host' then {{ event }}.page_host
    when 'user_agent' then {{ event }}.user_agent
    when 'email_domain' then nullif(split_part({{ event }}.user_id, '@', 2), '')
end)
{%- endset -%}
case {{ rule }}.operator
    when 'equals' then {{ text }} = lower({{ rule }}.value)
    when 'starts_with' then {{ begins_with(text, 'lower(' ~ rule ~ '.value)') }}
    when 'ends_with' then {{ ends_with(text, 'lower(' ~ rule ~ '.value)') }}
    when 'contains' then contains({{ text }}, lower({{ rule }}.value))
    when 'in_network'
        then {{ same_network(event ~ '.address', rule ~ '.address', rule ~ '.size') }}
end
{%- endmacro %}
