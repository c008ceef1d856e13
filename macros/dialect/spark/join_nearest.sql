{# Of rows at one moment each but the last would be followed by none between: one is left. #}
{% macro spark__join_nearest(kind, relation, keys, moment, comparison, at, alias) -%}
{%- set is_before = comparison in [">", ">="] -%}
{{ kind }} join (
    select
        *,
        {{ "lead" if is_before else "lag" }}({{ at }}) over (
            partition by {{ keys.values() | join(", ") }} order by {{ at }}
        ) as nearer
    from {{ relation }}
    where {{ at }} is not null
) as {{ alias }}
    on
        {%- for expression, column in keys.items() %}
        {{ expression }} = {{ alias }}.{{ column }}
        and
        {%- endfor %} {{ moment }} {{ comparison }} {{ alias }}.{{ at }}
        and ({{ alias }}.nearer is null or not {{ moment }} {{ comparison }} {{ alias }}.nearer)
{%- endmacro %}
