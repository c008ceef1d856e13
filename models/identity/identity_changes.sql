{{ config(materialized='view') }}

-- Written down whenever people are found anew.
-- depends_on: {{ ref('person_identifiers') }}
select
    identity_changes.changed_in_batch,
    identity_changes.identifier_type,
    identity_changes.identifier,
    identity_changes.previous_person_id,
    identity_changes.person_id,
    identity_changes.reason
from {{ source('builds', 'identity_changes') }} as identity_changes
