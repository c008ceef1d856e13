{#
    What an event says of consent in two places, as one object: each must be a yes. The
    first is an object, or is not looked at; the second may be an answer alone, which is
    then at the key itself.
#}
{% macro both_consents(known) -%}
{%- set managed = "trim(" ~ known ~ ".consentmanagement)" -%}
{%- set told = "trim(" ~ known ~ ".consent)" -%}
{%- set both -%}
case
    when {{ told }} is null then {{ managed }}
    when {{ managed }} is null or left({{ managed }}, 1) <> '{' then {{ told }}
    when not contains({{ managed }}, ':') then {{ told }}
    when left({{ told }}, 1) <> '{' then concat(
        '{"itself":', {{ told }}, ',', substr({{ managed }}, 2)
    )
    when not contains({{ told }}, ':') then {{ managed }}
    else concat(left({{ told }}, length({{ told }}) - 1), ',', substr({{ managed }}, 2))
end
{%- endset -%}
{{ as_json(both) }}
{%- endmacro %}
