{# A query of how many people of a relation of events come back in the days, weeks or months
   after their first event: retention_of(ref('events'), 'Signed Up', 'Order Completed') #}
{% macro retention_of(relation, cohort_event=none, return_event=none, period='week', period_count=12) -%}
with happenings as ({{ named_happenings(relation) }}),
days as (select *, {{ period_start(local_time('occurred_at'), "'" ~ period ~ "'") }} as start from happenings),
members as (select person_id, min(start) as cohort_start from days
    where {{ happened_as(cohort_event) if cohort_event else "true" }} group by person_id),
cohorts as (
    select cohort_start, count(*) as cohort_size, {{ numbers_up_to(0, period_count) }} as period_number
    from members group by cohort_start
),
returns as (
    select cohort_start, {{ periods_between("'" ~ period ~ "'", 'cohort_start', 'start') }} as period_number,
        count(distinct person_id) as people_count
    from members inner join days using (person_id) where {{ happened_as(return_event) }} group by all
)
select cohort_start, period_number, cohort_size,
    case period_number when 0 then cohort_size else coalesce(people_count, 0) end as retained_count,
    retained_count / cohort_size as retention_rate,
    {{ add_periods('cohort_start', "'" ~ period ~ "'", 'period_number + 1') }}
    <= (select {{ local_time('coalesce(' ~ parse_timestamp("nullif('" ~ var('as_of') ~ "', '')")
        ~ ', max(occurred_at))') }} from happenings) as is_complete
from cohorts left join returns using (cohort_start, period_number) order by cohort_start, period_number
{%- endmacro %}
