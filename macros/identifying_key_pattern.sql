{#
    The names of properties that tell who somebody is: ids of persons, devices, sessions and
    clicks, names, contact data and queries of URLs. As a pattern for keys in whatever case,
    however their words are joined, and as PostHog names them.
#}
{% macro identifying_key_pattern() -%}
{%- set clicks = (click_parameters("paid") ~ "|" ~ click_parameters("any")).split("|") -%}
{%- set names = [
    "user_id", "anonymous_id", "device_id", "distinct_id", "client_id", "session_id",
    "ga_session_id", "customer_id", "visitor_id", "account_id", "member_id", "external_id",
    "profile_id", "subscriber_id", "contact_id", "cookie_id", "uid", "mpid", "amplitude_id",
    "user_pseudo_id", "domain_userid", "window_id", "insert_id", "idfa", "idfv", "gaid",
    "android_id", "vendor_id", "advertising_id", "fbp", "fbc", "e_mail", "user_email",
    "contact_email", "customer_email", "email_address", "phone", "phone_number",
    "mobile_number", "msisdn", "user_name", "first_name", "last_name", "full_name", "search"
] + clicks -%}
{{ return(
    '"[$]?(?:(?:initial|session_entry)_)?(?:'
    ~ names | join("|") | replace("_", "[ _-]?") ~ ')":'
) }}
{%- endmacro %}
