{#
    Writes down, in the transaction that made a table current, what it was made from and
    whether that changed it. Readers of a table of definitions go by what it says, those
    of others by what they were made from.
#}
{% macro remember_table(node, plan, is_changed) %}
    {%- set relation = relation_of(node) -%}
    {%- set last = {"changed_in": "batch", "rebuilt_in": "batch"} -%}
    {%- for name in last if relation in plan.states -%}
        {%- do last.update({name: plan.states[relation][name] or "batch"}) -%}
    {%- endfor -%}
    {%- set fingerprint = "'" ~ plan.inputs ~ "'" -%}
    {%- if is_of_definitions(node) -%}
        {%- set fingerprint -%}
            (select concat(count(*), ' ', sum(hash(content)::hugeint))
            from {{ relation }} as content)
        {%- endset -%}
    {%- endif -%}
    {% call statement("remember_table") %}
        delete from builds.table_states where relation = '{{ relation }}';
        insert into builds.table_states
        select
            '{{ relation }}' as relation,
            '{{ plan.inputs }}' as inputs,
            {{ fingerprint }} as fingerprint,
            null as statement,
            batch as built_in,
            {{ "batch" if is_changed else last["changed_in"] }} as changed_in,
            {{ "batch" if plan.mode == "whole" else last["rebuilt_in"] }} as rebuilt_in
        from (select max(batch) as batch from builds.batches);
    {% endcall %}
{% endmacro %}

{# Whether a table is one of definitions, which depends on no event. #}
{% macro is_of_definitions(node) %}
    {{ return(node.config.meta.get("fingerprint") == "content"
        and not node.config.meta.get("follows")) }}
{% endmacro %}
