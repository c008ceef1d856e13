{# Whether a file's definitions may be made of what another file defines (none: of an event
   of the data): named events and paths of no other, activities of named events. #}
{% macro may_be_made_of(defined, known) -%}
(
    {{ known }}.file is null
    or {{ defined }}.file not in (
        'named_events', 'path_reports', 'path_exclusions', 'path_groupings',
        {{ known }}.file
    )
)
{%- endmacro %}
