select
    property_name,
    min(path) as path,
    {{ text_pattern('property_name') }} as pattern
from {{ ref('planned_properties') }}
where is_pii
group by property_name
