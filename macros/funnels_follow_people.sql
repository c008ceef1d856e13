{#
    What the tables of funnels go by: their rows are a person's own, unless a funnel is
    asked of groups, or of a cohort, in which time alone can put a person.
#}
{% macro funnels_follow_people() %}
    {{ return({
        "follows": "people",
        "whole_when": "select 1 from intermediate.funnel_definitions"
            ~ " where cohort is not null or unit not in ('person', 'session')",
    }) }}
{% endmacro %}
