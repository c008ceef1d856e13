with coverage as (
    select * from {{ ref('tracking_plan_coverage') }}
    where is_total
),

event_synonyms as (
    select * from {{ ref('event_synonyms') }}
),

names as (
    select
        coverage.event_name,
        coverage.is_planned,
        coverage.event_count,
        replace(coverage.event_name, '_', '') as letters,
        event_synonyms.meaning
    from coverage
    left join event_synonyms
        on coverage.event_name = event_synonyms.event
),

-- A name may mean a planned one, or another that nobody planned and that comes more
-- often.
pairs as (
    select
        seen.event_name,
        seen.event_count,
        probable.event_name as probable_event_name,
        probable.is_planned as is_probable_planned,
        probable.event_count as probable_event_count,
        {{ edit_distance('seen.event_name', 'probable.event_name') }} as edit_distance,
        case
            when seen.letters = probable.letters then 1
            when seen.meaning = probable.meaning then 2
            when
                {{ edit_distance('seen.event_name', 'probable.event_name') }}
                <= length(seen.event_name) / 4
                then 3
        end as reason_rank
    from names as seen
    inner join names as probable
        on
            seen.event_name <> probable.event_name
            and (
                probable.is_planned
                or seen.event_count < probable.event_count
                or (
                    seen.event_count = probable.event_count
                    and seen.event_name > probable.event_name
                )
            )
    where not seen.is_planned
)

select
    pairs.event_name,
    pairs.probable_event_name,
    pairs.is_probable_planned,
    case pairs.reason_rank
        when 1 then 'same_letters'
        when 2 then 'synonym'
        when 3 then 'spelling'
    end as reason,
    cast(pairs.edit_distance as bigint) as edit_distance,
    pairs.event_count,
    pairs.probable_event_count
from pairs
where pairs.reason_rank is not null
qualify row_number() over (
    partition by pairs.event_name
    order by
        pairs.is_probable_planned desc nulls last,
        pairs.reason_rank asc nulls last,
        pairs.edit_distance asc nulls last,
        pairs.probable_event_name asc nulls last
) = 1
