{{ config(materialized='connected_components') }}

-- Where all who log in on one device are one person: users and devices that log-ins
-- join.
select
    concat('anonymous:', device_users.anonymous_id) as node,
    concat('user:', coalesce(merged_users.component, device_users.user_id))
        as other_node
from {{ ref('device_users') }} as device_users
left join {{ ref('merged_users') }} as merged_users
    on device_users.user_id = merged_users.node
where '{{ var("identity_policy") }}' = 'connected_components'
