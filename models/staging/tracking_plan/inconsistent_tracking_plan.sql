with properties as (
    select
        plan.row_number,
        {{ cell('type', 'plan') }} as type,
        {{ cell('allowed_values', 'plan') }} as allowed_values,
        {{ cell('minimum', 'plan') }} as minimum,
        {{ cell('maximum', 'plan') }} as maximum,
        {{ cell('property', 'plan') }} as property,
        {{ cell('is_pii', 'plan') }} as is_pii
    from {{ ref('defaulted_tracking_plan') }} as plan
    where plan.file = 'tracking_plan_properties'
),

allowed as (
    select
        properties.row_number,
        properties.type,
        {{ parts_of('properties.allowed_values') }} as allowed_value
    from properties
),

found_columns as (
    select
        tracking_plan_rows.file,
        tracking_plan_rows.row_number,
        {{ json_object_keys('tracking_plan_rows.cells') }} as column_name
    from {{ ref('tracking_plan_rows') }} as tracking_plan_rows
)

select
    'tracking_plan_properties' as file,
    allowed.row_number,
    'allowed_values' as column_name,
    allowed.allowed_value as value,
    case allowed.type
        when 'boolean' then 'expected true or false between the bars'
        when 'array' then 'a property of this type can have no allowed values'
        when 'object' then 'a property of this type can have no allowed values'
        else concat('expected values of type ', allowed.type, ' between the bars')
    end as fault
from allowed
where
    case allowed.type
        when 'boolean' then allowed.allowed_value not in ('true', 'false')
        when 'integer' then {{ whole_number('allowed.allowed_value') }} is null
        when 'number'
            then {{ number_fault("'number'", 'allowed.allowed_value') }} is not null
        else allowed.type in ('array', 'object')
    end

union all

select
    'tracking_plan_properties' as file,
    properties.row_number,
    'maximum' as column_name,
    properties.maximum as value,
    concat('expected at least the minimum, ', properties.minimum) as fault
from properties
where {{ is_below('properties.maximum', 'properties.minimum') }}

union all

select
    'tracking_plan_properties' as file,
    properties.row_number,
    'is_pii' as column_name,
    properties.is_pii as value,
    case
        when {{ is_copied_property('properties.property') }}
            then concat(
                'expected false, for ', properties.property,
                ' is copied into a column of every event, which is not hashed'
            )
        else concat(
            'personal properties are hashed with a salt: set the environment variable ',
            'THROUGHLINE_PII_SALT to a long random text and keep it'
        )
    end as fault
from properties
where
    properties.is_pii = 'true'
    and (
        {{ pii_salt() }} is null
        or {{ is_copied_property('properties.property') }}
    )

union all

select
    plan.file,
    plan.row_number,
    'event' as column_name,
    '*' as value,
    'expected the name of an event; only properties can be of all events' as fault
from {{ ref('defaulted_tracking_plan') }} as plan
where
    plan.file = 'tracking_plan_events'
    and {{ cell('event', 'plan') }} = '*'

union all

select
    found_columns.file,
    found_columns.row_number,
    found_columns.column_name,
    cast(null as string) as value,
    'there is no such column' as fault
from found_columns
left join {{ ref('definition_columns') }} as definition_columns
    on
        found_columns.file = definition_columns.file
        and found_columns.column_name = definition_columns.column_name
where definition_columns.column_name is null
