{# Whether a file's definitions may be made of what another file defines (none: of an event
   of the data): named events of no other, activities of named events. #}
{% macro may_be_made_of(defined, known) -%}
(
    {{ known }}.file is null
    or {{ defined }}.file not in ('named_events', {{ known }}.file)
)
{%- endmacro %}
