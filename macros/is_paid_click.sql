{# Whether only advertisements and partners carry a parameter that names a click. #}
{% macro is_paid_click(parameter) -%}
coalesce({{ parameter }} in ('{{ click_parameters("paid").split("|") | join("', '") }}'), false)
{%- endmacro %}
