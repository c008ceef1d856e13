{#
    Whether a text has a format of JSON Schema: RFC 3339 times with an offset and without
    leap seconds, RFC 3986 URIs with a scheme, RFC 1123 host names. An e-mail address is
    anything with one @ in it and no white space.
#}
{% macro has_format(text, format) -%}
{%- set label = "[0-9A-Za-z]([0-9A-Za-z-]{0,61}[0-9A-Za-z])?" -%}
case {{ format }}
    when 'date' then {{ is_calendar_date(text) }}
    when 'date-time' then {{ is_calendar_date("left(" ~ text ~ ", 10)") }}
        and {{ has_match(text, "'^.{10}[Tt]" ~ time_pattern() ~ "$'") }}
    when 'time' then {{ has_match(text, "'^" ~ time_pattern() ~ "$'") }}
    when 'email' then {{ has_match(text, "'^[^@[:space:]]+@[^@[:space:]]+$'") }}
    when 'uri' then {{ has_match(text, "'" ~ uri_pattern() ~ "'") }}
    when 'uuid' then {{ has_match(
        text, "'^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$'"
    ) }}
    when 'ipv4' then {{ has_match(text, "'^" ~ ipv4_address_pattern() ~ "$'") }}
    when 'ipv6' then {{ is_ipv6(text) }}
    when 'hostname' then length({{ text }}) <= 253
        and {{ has_match("concat(" ~ text ~ ", '.')", "'^(" ~ label ~ "[.])+$'") }}
end
{%- endmacro %}
