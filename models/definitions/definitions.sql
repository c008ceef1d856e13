with defaulted_definitions as (
    select * from {{ ref('defaulted_definitions') }}
),

definition_errors as (
    select * from {{ ref('definition_errors') }}
)

-- Whoever reads definitions waits for their check, which stops the build.
select defaulted_definitions.*
from defaulted_definitions
where not exists (select 1 from definition_errors)
