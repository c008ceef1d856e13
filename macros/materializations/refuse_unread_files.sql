{#
    Stops a run that would register files whose lines were not read: those that found_files
    has listed since landed_events last read what it had listed.
#}
{% macro refuse_unread_files(found_files, landed_events) %}
    {{- return(adapter.dispatch("refuse_unread_files")(found_files, landed_events)) -}}
{% endmacro %}

{% macro duckdb__refuse_unread_files(found_files, landed_events) -%}
select case when found.built_in > landed.built_in then {{ stop_with(
    "concat('landed_files registers the files that landed_events of the same run has read:'"
    ~ ", ' select +landed_files, and leave nothing of it out.', left('', found.built_in))"
) }} end
from builds.table_states as found
cross join builds.table_states as landed
where found.relation = '{{ found_files }}' and landed.relation = '{{ landed_events }}'
{%- endmacro %}
