with definition_rows as (
    select * from {{ ref('defaulted_definitions') }}
    where file in ('features', 'path_groupings', 'funnels')
),

-- What reports could not tell from something else, or would never show.
labels as (
    select
        definition_rows.file,
        definition_rows.row_number,
        'feature' as column_name,
        {{ cell('feature', 'definition_rows') }} as value,
        contains({{ cell('feature', 'definition_rows') }}, ': ') as is_broken,
        'expected a name without a colon and a blank, after which a feature''s value'
        || ' stands' as fault
    from definition_rows
    where definition_rows.file = 'features'

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
)

select
    labels.file,
    labels.row_number,
    labels.column_name,
    labels.value,
    labels.fault
from labels
where labels.is_broken
