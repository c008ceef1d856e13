with definitions as (
    select * from {{ ref('definitions') }}
    where file = 'conversions'
)

select distinct {{ defined_name(cell('event')) }} as event
from definitions
