{{ config(meta={'follows': 'people'}) }}

with trait_words as (
    select * from {{ ref('trait_words') }}
)

-- The latest word counts, of what is set once the first; a known person's beats an
-- anonymous one.
select
    trait_words.person_id,
    trait_words.trait,
    coalesce(
        max_by(trait_words.trait_value, trait_words.person_position) filter (
            where trait_words.is_known and not trait_words.is_set_once
        ),
        min_by(trait_words.trait_value, trait_words.person_position) filter (
            where trait_words.is_known
        ),
        max_by(trait_words.trait_value, trait_words.person_position) filter (
            where not trait_words.is_set_once
        ),
        min_by(trait_words.trait_value, trait_words.person_position)
    ) as trait_value
from trait_words
group by trait_words.person_id, trait_words.trait
