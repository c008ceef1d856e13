{% macro spark__listed_answers(consent, names) -%}
case
    when arrays_overlap({{ names }}, {{ listed_ids(consent, "denied") }})
        then array('denied')
    else array()
end,
case
    when arrays_overlap({{ names }}, {{ listed_ids(consent, "allowed") }})
        then array('granted')
    when {{ consent }}['allowedconsentids'] is not null
        and size({{ listed_ids(consent, "allowed") }}) > 0 then array('denied')
    else array()
end
{%- endmacro %}
