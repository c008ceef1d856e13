{#
    A table on Spark is always made anew, under another name where it is there already: its
    readers have the last one until the new one is whole. A Python model is the script that
    its meta names, which the workers run over the rows of its one parent: its meta says
    what it takes and gives.
#}
{% materialization table, adapter='spark', supported_languages=['sql', 'python'] %}
    {{ return(table_on_spark(compiled_code if model.language == 'sql' else transformed())) }}
{% endmaterialization %}

{# Tables that DuckDB adds to are made anew as well, those of lines with their numbers. #}
{% materialization incremental, adapter='spark' %}
    {%- set has_lines = model.config.meta.get('follows') == 'lines' -%}
    {{ return(table_on_spark(numbered_lines(compiled_code) if has_lines else compiled_code)) }}
{% endmaterialization %}

{#
    Landed lines as number_rejected_lines and number_equal_lines leave them on DuckDB:
    only what may be rejected has the number of its line; equal lines have keys of their
    own and, where they say the same and have no id, the numbers 1, 2, 3 ...
#}
{% macro numbered_lines(query) -%}
select
    counted.* except (event_key, line_number, copy_number, key_number, equal_number),
    case when counted.payload is not null then counted.line_number end as line_number,
    case
        when counted.key_number = 1 then counted.event_key
        else {{ hash_key('counted.event_key', 'counted.key_number') }}
    end as event_key,
    case when counted.line_hash is null then 1 else counted.equal_number end as copy_number
from (
    select
        landed.*,
        row_number() over (partition by event_key order by line_number) as key_number,
        row_number() over (
            partition by file_name, coalesce(line_hash, cast(event_key as string))
            order by line_number
        ) as equal_number
    from ({{ query }}) as landed
) as counted
{%- endmacro %}

{% macro table_on_spark(query) %}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set new_relation = target_relation -%}
    {{ run_hooks(pre_hooks) }}
    {% if existing %}
        {% set new_relation = api.Relation.create(
            schema=this.schema, identifier=this.identifier ~ '__new', type='table') %}
        {% if load_cached_relation(new_relation) %}
            {% do adapter.drop_relation(new_relation) %}
        {% endif %}
    {% endif %}
    {% call statement('main') %}
        {{ create_table_as(False, new_relation, query) }}
    {% endcall %}
    {% do record_on_spark(existing, new_relation) %}
    {% if existing %}
        {% do adapter.drop_relation(existing) %}
        {% do adapter.rename_relation(new_relation, target_relation) %}
    {% endif %}
    {{ run_hooks(post_hooks) }}
    {{ return({'relations': [target_relation]}) }}
{% endmacro %}

{# The statement that stands for a Python model: lines of JSON go in and come out. #}
{% macro transformed() -%}
{%- set meta = model.config.meta -%}
{%- set parent = graph.nodes[model.depends_on.nodes[0]] -%}
select parsed.*
from (
    select from_json(line, '{{ meta.gives | join(" string, ") }} string') as parsed
    from (
        select transform (to_json(named_struct(
            {%- for column in meta.takes %}'{{ column }}', {{ column }}
            {{- "," if not loop.last }}{% endfor %})))
        using '{{ python_script(meta.script) }}' as (line string)
        from (
            select distinct {{ meta.takes | join(', ') }} from {{ relation_of(parent) }}
            where {{ meta.takes | join(' is not null and ') }} is not null
        )
    )
)
{%- endmacro %}

{#
    The command that runs a script of the project on a worker: with the worker's own Python,
    unless THROUGHLINE_SPARK_PYTHON names another, and from the project's folder, unless
    THROUGHLINE_SPARK_SCRIPTS says where the workers have the scripts.
#}
{% macro python_script(name) -%}
{%- set folder = env_var('THROUGHLINE_SPARK_SCRIPTS', '') or project_folder() ~ '/scripts' -%}
{{ env_var('THROUGHLINE_SPARK_PYTHON', 'python3') }} {{ folder }}/{{ name }}.py
{%- endmacro %}
