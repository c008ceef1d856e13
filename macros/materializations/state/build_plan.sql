{#
    What a build has to do about a table: nothing (skip), to make it anew (whole), or to
    replace the rows of the keys that were touched since (since) it was last current.

    A table is made anew where its code, a definition, a variable or the shape of what it
    reads has changed, or where something it reads was made anew or cannot say what
    changed in it. What a table of keys reads beside the tables of keys are look-ups: what
    they say of a value does not change with the data.
#}
{% macro build_plan(node, sql, exists, journal=none) %}
    {%- set journal = journal or node.config.meta.get("follows") -%}
    {%- set parents = table_parents(node) -%}
    {%- set names = [relation_of(node)] -%}
    {%- for parent in (parents.tables.values() | list) + (parents.views.values() | list) -%}
        {%- do names.append(relation_of(parent)) -%}
    {%- endfor -%}
    {%- set states = states_of(names) -%}
    {%- set own = states.get(names[0]) -%}
    {%- set inputs = [sql, node.contract.checksum or ""] -%}
    {%- set latest = namespace(changed_in=0, rebuilt_in=0, is_known=true) -%}
    {%- for parent_id, parent in parents.tables.items() | sort(attribute="0") -%}
        {%- set state = states.get(relation_of(parent)) -%}
        {%- if parent.resource_type == "seed" -%}
            {%- do inputs.append(state["inputs"] if state else parent.checksum.checksum) -%}
        {%- elif not state -%}
            {%- set latest.is_known = false -%}
        {%- else -%}
            {%- do inputs.append(state["fingerprint"]) -%}
            {%- if not is_of_definitions(parent) -%}
                {%- set latest.changed_in = [latest.changed_in, state["changed_in"] | int] | max -%}
            {%- endif -%}
            {%- if parent.config.meta.get("follows") -%}
                {%- set latest.rebuilt_in = [latest.rebuilt_in, state["rebuilt_in"] | int] | max -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for view_id, view in parents.views.items() | sort(attribute="0") -%}
        {%- set state = states.get(relation_of(view)) -%}
        {%- do inputs.append(state["statement"] if state else "") -%}
    {%- endfor -%}
    {%- set plan = {
        "mode": "whole", "inputs": local_md5(inputs | join("\n")), "states": states,
        "since": own["built_in"] | int if own else 0
    } -%}
    {%- if own and exists and latest.is_known and not should_full_refresh()
        and own["inputs"] == plan.inputs and not node.config.meta.get("is_always_built") -%}
        {%- if latest.changed_in <= plan.since -%}
            {%- do plan.update({"mode": "skip"}) -%}
        {%- elif journal and latest.rebuilt_in <= plan.since
            and not (node.config.meta.get("whole_when")
                and run_query(node.config.meta.whole_when).rows) -%}
            {%- do plan.update({"mode": "by_key"}) -%}
        {%- endif -%}
    {%- endif -%}
    {{ return(plan) }}
{% endmacro %}

{# What is written down of relations that have been built: {relation: row}. #}
{% macro states_of(relations) %}
    {%- set states = {} -%}
    {%- for row in run_query(
        "select relation, inputs, fingerprint, statement, built_in, changed_in, rebuilt_in"
        ~ " from builds.table_states where relation in ('" ~ relations | join("', '") ~ "')"
    ).rows -%}
        {%- do states.update({row[0]: row}) -%}
    {%- endfor -%}
    {{ return(states) }}
{% endmacro %}
