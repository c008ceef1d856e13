with user_groups as (
    select * from {{ ref('user_groups') }}
),

-- What log-ins join is one person unless it has too many users to be one.
grouped as (
    select
        user_groups.user_id,
        user_groups.first_seen_at,
        case
            when
                user_groups.linked_user_count
                <= {{ var('identity_component_limit') }}
                then user_groups.linked_group
            else user_groups.merged_group
        end as user_group
    from user_groups
),

canonical as (
    select
        grouped.user_id,
        first_value(grouped.user_id) over (
            partition by grouped.user_group
            order by grouped.first_seen_at asc, grouped.user_id asc
        ) as canonical_user_id
    from grouped
)

select
    canonical.user_id,
    canonical.canonical_user_id,
    {{ person_id("'user'", 'canonical.canonical_user_id') }} as person_id
from canonical
