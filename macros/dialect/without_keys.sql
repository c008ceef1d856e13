{# A JSON object without some of its keys; null where none is left. What is no object stays
   as it is, to be judged later. #}
{% macro without_keys(object, keys) %}
    {{- return(adapter.dispatch("without_keys")(object, keys)) -}}
{% endmacro %}

{% macro duckdb__without_keys(object, keys) -%}
case
    when regexp_matches({{ object }}, '^\s*[{]') then nullif(json_merge_patch({{ object }}, '{
        "{{ keys | join('": null, "') }}": null
    }'), '{}')
    else nullif(try_cast({{ object }} as json), 'null')
end
{%- endmacro %}
