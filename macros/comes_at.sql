{#
    When a link leads a chain to its next step: at the moment at which the chain stands
    where an event of that is not used yet; null where nothing comes.
#}
{% macro comes_at(link, chain) -%}
case
    when {{ first_unused(link ~ '.tied_match_keys', chain ~ '.used_keys') }} is not null
        then {{ chain }}.occurred_at
    else {{ link }}.next_occurred_at
end
{%- endmacro %}
