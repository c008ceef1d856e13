{{ config(materialized='connected_components') }}

-- Devices that aliases join, which are as one, however long the chain between them.
select
    named_aliases.previous_id as node,
    named_aliases.user_id as other_node
from {{ ref('named_aliases') }} as named_aliases
where named_aliases.is_to_device and not named_aliases.is_user
