with definition_rows as (
    select * from {{ ref('defaulted_definitions') }}
    where file in ('features', 'path_groupings', 'funnels', 'non_interaction_events')
),

features as (
    select
        definition_rows.row_number,
        {{ cell('feature', 'definition_rows') }} as feature,
        {{ cell('feature_property', 'definition_rows') }} as feature_property
    from definition_rows
    where definition_rows.file = 'features'
),

-- What reports could not tell from something else, or would never show.
labels as (
    select distinct
        'features' as file,
        features.row_number,
        'feature' as column_name,
        features.feature as value,
        true as is_broken,
        'expected another name, as it could be a value of a feature with a property'
            as fault
    from features
    inner join features as valued
        on
            valued.feature_property is not null
            and {{ begins_with('features.feature', "concat(valued.feature, ': ')") }}

    union all

    select
        definition_rows.file,
        definition_rows.row_number,
        'item' as column_name,
        {{ cell('item', 'definition_rows') }} as value,
        {{ path_item(cell('item', 'definition_rows'), "'page_path'") }}
        in ('(start)', '(drop-off)', '(other)') as is_broken,
        'expected another name, as paths begin with (start) and stop with (drop-off),'
        || ' and (other) is what is not shown' as fault
    from definition_rows
    where definition_rows.file = 'path_groupings'

    union all

    select
        definition_rows.file,
        definition_rows.row_number,
        'breakdown_rule' as column_name,
        {{ cell('breakdown_rule', 'definition_rows') }} as value,
        {{ cell('breakdown_rule', 'definition_rows') }} in ('last_touch', 'every_step')
        and {{ cell('breakdown_property', 'definition_rows') }} is null as is_broken,
        'expected nothing, as breakdown_property is empty' as fault
    from definition_rows
    where definition_rows.file = 'funnels'

    union all

    select
        definition_rows.file,
        definition_rows.row_number,
        'event' as column_name,
        {{ cell('event', 'definition_rows') }} as value,
        {{ cell('event', 'definition_rows') }} = '*' as is_broken,
        'expected the name of an event' as fault
    from definition_rows
    where definition_rows.file = 'non_interaction_events'
)

select
    labels.file,
    labels.row_number,
    labels.column_name,
    labels.value,
    labels.fault
from labels
where labels.is_broken
