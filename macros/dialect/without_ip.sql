{# A context without the full IP address that collectors put into it. #}
{% macro without_ip(context) %}
    {{- return(adapter.dispatch("without_ip")(context)) -}}
{% endmacro %}

{% macro duckdb__without_ip(context) -%}
case
    when contains({{ context }}, '"ip"')
        then json_merge_patch({{ context }}, '{"ip": null}')
    else {{ context }}
end
{%- endmacro %}
