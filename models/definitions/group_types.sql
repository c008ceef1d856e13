with definitions as (
    select * from {{ ref('definitions') }}
)

select distinct {{ cell('unit') }} as group_type
from definitions
where {{ cell('unit') }} not in ('person', 'session')
