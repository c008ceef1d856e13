{#
    Writes down, in the transaction that made a table current, what it was made from and
    whether that changed it. Readers of a table of definitions go by what it says, those
    of others by what they were made from.
#}
{% macro remember_table(node, plan, is_changed) %}
    {%- set relation = relation_of(node) -%}
    {%- set fingerprint = "'" ~ plan.inputs ~ "'" -%}
    {%- if is_of_definitions(node) -%}
        {%- set fingerprint -%}
            (select concat(count(*), ' ', sum(hash(content)::hugeint))
            from {{ relation }} as content)
        {%- endset -%}
    {%- endif -%}
    {% call statement("remember_table") %}
        create or replace temp table new_state as
        select
            '{{ relation }}' as relation,
            '{{ plan.inputs }}' as inputs,
            cast({{ fingerprint }} as varchar) as fingerprint,
            cast(null as varchar) as statement,
            {{ batch() }} as built_in,
            {% if is_changed %}{{ batch() }}{% else %}
            (select changed_in from builds.table_states where relation = '{{ relation }}')
            {% endif %} as changed_in,
            {% if plan.mode == "whole" %}{{ batch() }}{% else %}
            (select rebuilt_in from builds.table_states where relation = '{{ relation }}')
            {% endif %} as rebuilt_in;
        delete from builds.table_states where relation = '{{ relation }}';
        insert into builds.table_states select * from new_state;
    {% endcall %}
{% endmacro %}

{# Whether a table is one of definitions, which depends on no event. #}
{% macro is_of_definitions(node) %}
    {{ return(node.config.meta.get("fingerprint") == "content"
        and not node.config.meta.get("follows")) }}
{% endmacro %}
