with retention_usage as (
    select * from {{ ref('retention_usage') }}
)

-- A period in which four fifths of the returning people come is the one to look at.
select
    retention_usage.retention,
    retention_usage.people_count,
    retention_usage.returning_people,
    round(retention_usage.returning_rate, 3) as returning_rate,
    round(retention_usage.median_days, 1) as median_days,
    round(retention_usage.p80_days, 1) as p80_days
from retention_usage
order by retention_usage.retention
