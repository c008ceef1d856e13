{{ config(meta={'follows': 'people'}) }}

with needed_properties as (
    select distinct
        property_name,
        substr(property_name, 6) as trait
    from {{ ref('needed_properties') }}
    where property_name like 'user.%'
),

words as (
    select
        trait_words.*,
        needed_properties.property_name,
        {{ json_text(as_json('trait_words.trait_value')) }} as word
    from {{ ref('trait_words') }} as trait_words
    inner join needed_properties
        on trait_words.trait = needed_properties.trait
),

-- As in person_traits, at each moment; of a moment the last word stands.
settled as (
    select
        words.person_id,
        words.property_name,
        words.occurred_at,
        coalesce(
            {{ last_known(
                'case when words.is_known and not words.is_set_once then words.word end'
            ) }} over so_far,
            {{ first_known('case when words.is_known then words.word end') }}
                over so_far,
            {{ last_known('case when not words.is_set_once then words.word end') }}
                over so_far,
            first_value(words.word) over so_far
        ) as property_value,
        row_number() over (
            partition by words.person_id, words.property_name, words.occurred_at
            order by words.person_position desc
        ) as place_from_last
    from words
    window so_far as (
        partition by words.person_id, words.property_name
        order by words.person_position
        rows unbounded preceding
    )
)

select
    settled.person_id,
    settled.property_name,
    settled.property_value,
    settled.occurred_at
from settled
where settled.place_from_last = 1
