{{ config(materialized='connected_components') }}

-- Users whom merges join, however long the chain between them.
select
    user_aliases.previous_id as node,
    user_aliases.user_id as other_node
from {{ ref('user_aliases') }} as user_aliases
where user_aliases.is_user
