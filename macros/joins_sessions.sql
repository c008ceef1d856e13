{# Whether an event may be part of a session: its name is not one of those left out. #}
{% macro joins_sessions(event) -%}
{%- set names = [] -%}
{%- for name in var('session_excluded_events') -%}
    {%- do names.append(snake_case("'" ~ name | replace("'", "''") ~ "'")) -%}
{%- endfor -%}
{{ event ~ '.event_name not in (' ~ names | join(', ') ~ ')' if names else 'true' }}
{%- endmacro %}
