{% macro spark__seed_row_as_json(alias) -%}
to_json(
    struct({{ all_but(alias, ["seed_row_number"]) }}), map('ignoreNullFields', 'false')
)
{%- endmacro %}
