{# The keys, as collectors mostly write them, that identifying_key_pattern is for: they are
   left out where they are nobody's. #}
{% macro identifying_names() -%}
{%- set clicks = (click_parameters("paid") ~ "|" ~ click_parameters("any")).split("|") -%}
{%- set names = [
    "user_id", "userId", "userID", "anonymous_id", "anonymousId", "device_id", "deviceId",
    "distinct_id", "client_id", "clientId", "session_id", "sessionId", "ga_session_id",
    "idfa", "idfv", "advertising_id", "advertisingId", "fbp", "fbc", "email", "Email",
    "e_mail", "phone", "phone_number", "phoneNumber", "search"
] + clicks -%}
{%- set own = [] -%}
{%- for name in names -%}
    {%- do own.append("$" ~ name) -%}
{%- endfor -%}
{%- for name in clicks -%}
    {%- do own.extend(["$initial_" ~ name, "$session_entry_" ~ name]) -%}
{%- endfor -%}
{{ return(names + own) }}
{%- endmacro %}
