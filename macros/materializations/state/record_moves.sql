{#
    Writes down which identifiers stand for others than before, or since other moments,
    and for each that has changed its person, by the period it is in last, why.
#}
{% macro record_moves(old, new, is_redefined, since=none) %}
insert into builds.moved_identifiers
select distinct identifier_type, identifier, {{ batch() }} as batch
from (
    (select * from {{ old }} except select * from {{ new }})
    union all
    (select * from {{ new }} except select * from {{ old }})
) as moved;
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
    {{ batch() }} as changed_in_batch, before.identifier_type, before.identifier,
    before.person_id as previous_person_id, after.person_id,
    case
        when after.person_id is null then 'gone'
        when {{ is_redefined }} then 'policy'
        when before.person_id = after.person_id then 'period'
        when before.identifier_type = 'user' and people.person_id is not null
            then 'split'
        when
            before.identifier_type = 'user'
            or people.person_id is null and known.person_id is not null
            then 'merge'
        else 'log_in'
    end as reason
from before
left join after
    on
        before.identifier_type = after.identifier_type
        and before.identifier = after.identifier
left join (select distinct person_id from {{ new }}) as people
    on before.person_id = people.person_id
left join (
    select distinct person_id from {{ old }} where identifier_type = 'user'
) as known
    on before.person_id = known.person_id
{% endmacro %}
