{# The keys of a journal that were touched after a build. #}
{% macro touched_keys(journal, since) %}
    {%- if journal == "moves" -%}
        select event_key as touched_key from builds.touched_events where batch > {{ since }}
        union
        select staged_events.event_key
        from {{ ref('staged_events') }} as staged_events
        inner join builds.moved_identifiers as moved
            on moved.identifier_type = 'user'
            and staged_events.known_user_id = moved.identifier
        where moved.batch > {{ since }}
        union
        select staged_events.event_key
        from {{ ref('staged_events') }} as staged_events
        inner join builds.moved_identifiers as moved
            on moved.identifier_type = 'anonymous'
            and staged_events.known_anonymous_id = moved.identifier
        where moved.batch > {{ since }}
    {%- else -%}
        {%- set key = {"lines": "line_key", "events": "event_key", "people": "person_id"} -%}
        select distinct {{ key[journal] }} as touched_key
        from builds.touched_{{ journal }} where batch > {{ since }}
    {%- endif -%}
{% endmacro %}

{# Holds them in the table that a narrowed statement reads. #}
{% macro take_touched_keys(journal, since) %}
    {% call statement('touched') %}
        create or replace temp table touched_keys as
        {{ touched_keys(journal, since) }}
    {% endcall %}
{% endmacro %}
