{# A referrer's host, unless it is the page's own or a part of the same domain. #}
{% macro external_host(referrer_host, page_host) -%}
case
    when {{ page_host }} is null
        or not ({{ referrer_host }} = {{ page_host }}
            or {{ ends_with(referrer_host, "concat('.', " ~ page_host ~ ")") }}
            or {{ ends_with(page_host, "concat('.', " ~ referrer_host ~ ")") }})
        then {{ referrer_host }}
end
{%- endmacro %}
