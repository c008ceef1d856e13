{{ config(group='feature_adoption') }}

-- Whoever did a feature's event, and is of its cohort where it has one, has used it;
-- where a property tells features apart, nobody has used one without the event.
with done as (
    select
        feature_definitions.feature_name,
        count(*) as use_count,
        count(distinct matched_events.person_id) as people_count
    from {{ ref('feature_definitions') }} as feature_definitions
    inner join {{ ref('matched_events') }} as matched_events
        on feature_definitions.event = matched_events.event
    where
        feature_definitions.cohort is null
        or exists (
            select 1 from {{ ref('cohort_members') }} as cohort_members
            where
                cohort_members.cohort = feature_definitions.cohort
                and cohort_members.person_id = matched_events.person_id
        )
    group by feature_definitions.feature_name
)

select
    feature_adoption.feature,
    feature_adoption.adopters,
    done.people_count,
    feature_adoption.use_count,
    done.use_count as event_count
from {{ ref('feature_definitions') }} as feature_definitions
inner join {{ ref('feature_adoption') }} as feature_adoption
    on
        feature_definitions.feature_name = feature_adoption.feature
        or (
            feature_definitions.feature_property is not null
            and {{ begins_with(
                'feature_adoption.feature',
                "concat(feature_definitions.feature_name, ': ')"
            ) }}
        )
left join done
    on feature_definitions.feature_name = done.feature_name
where
    case
        when feature_definitions.feature_property is null
            then
                feature_adoption.adopters <> coalesce(done.people_count, 0)
                or feature_adoption.use_count <> coalesce(done.use_count, 0)
        else
            feature_adoption.adopters > coalesce(done.people_count, 0)
            or feature_adoption.use_count > coalesce(done.use_count, 0)
    end
