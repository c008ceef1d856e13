{#
    Writes down which identifiers stand for others than before, or since other moments,
    and for each that has changed its person, by the period it is in last, why.
#}
{% macro record_moves(old, new, plan) %}
{%- set own = plan.states.get(this | string) -%}
{%- set is_redefined = own and own["inputs"] != plan.inputs -%}
insert into builds.moved_identifiers
select distinct identifier_type, identifier, {{ batch() }}
from (
    (select * from {{ old }} except select * from {{ new }})
    union all
    (select * from {{ new }} except select * from {{ old }})
);
insert into builds.identity_changes
with moved as (
    select identifier_type, identifier from builds.moved_identifiers
    where batch = {{ batch() }}
),
before as (
    select
        identifier_type, identifier,
        max_by(person_id, coalesce(valid_from, timestamp '0001-01-01')) as person_id
    from {{ old }} inner join moved using (identifier_type, identifier) group by all
),
after as (
    select
        identifier_type, identifier,
        max_by(person_id, coalesce(valid_from, timestamp '0001-01-01')) as person_id
    from {{ new }} inner join moved using (identifier_type, identifier) group by all
)
select
    {{ batch() }}, before.identifier_type, before.identifier,
    before.person_id, after.person_id,
    case
        when after.person_id is null then 'gone'
        when {{ is_redefined }} then 'policy'
        when before.person_id = after.person_id then 'period'
        when
            before.identifier_type = 'user'
            or before.person_id not in (select person_id from {{ new }})
            and before.person_id
            <> {{ person_id("'anonymous'", 'before.identifier') }}
            then 'merge'
        else 'log_in'
    end
from before
left join after using (identifier_type, identifier)
{% endmacro %}
