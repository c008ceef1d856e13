{#
    What follows the first ? or # of a URL, with it, where a parameter in it names a
    campaign or a click; null otherwise. Most URLs are left after one fast look, and the
    parameters are only searched for in the few that have any.
#}
{% macro url_campaign(url) %}
    {{- return(adapter.dispatch("url_campaign")(url)) -}}
{% endmacro %}

{% macro duckdb__url_campaign(url) -%}
case
    when (contains({{ url }}, '?') or contains({{ url }}, '#'))
        and regexp_matches(
            {{ url }},
            '(?i)[?&;#](utm_[a-z]+|{{ click_parameters("paid") }}|'
            || '{{ click_parameters("any") }})=[^&;#]'
        )
        then regexp_extract({{ url }}, '[?#].*$')
end
{%- endmacro %}
