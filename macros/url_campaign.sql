{#
    What follows the first ? or # of a URL, with it, where a parameter in it names a
    campaign or a click; null otherwise. Most URLs are left after one fast look, and the
    parameters are only searched for in the few that have any.
#}
{% macro url_campaign(url) -%}
{%- set pattern = "'(?i)[?&;#](utm_[a-z]+|" ~ click_parameters("paid") ~ "|"
    ~ click_parameters("any") ~ ")=[^&;#]'" -%}
case
    when (contains({{ url }}, '?') or contains({{ url }}, '#'))
        and {{ has_match(url, pattern) }}
        then {{ matched_part(url, "'[?#].*$'", 0) }}
end
{%- endmacro %}
