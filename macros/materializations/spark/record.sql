{#
    Writes down what is another in a table than before, while both are there. What a mart
    changes of the past waits in a table of its own for the end of the build: two statements
    cannot add to one at a time. The table remembers what it was defined by.
#}
{% macro record_on_spark(existing, new_relation) %}
    {%- set meta = model.config.get('meta', {}) -%}
    {%- if existing and meta.get('journals') in ['days', 'people'] -%}
        {%- set days = {'days': 'changed_days', 'people': 'moved_days'}[meta.journals] -%}
        {% do run_query('insert into builds.touched_days '
            ~ context[days](existing, new_relation)) %}
    {%- endif -%}
    {%- if not meta.get('records') -%}{{ return('') }}{%- endif -%}
    {%- set inputs = inputs_of_definitions() -%}
    {%- if existing -%}
        {%- set own = run_query(
            'show tblproperties ' ~ existing ~ "('throughline.inputs')").rows[0][1] -%}
        {%- set is_redefined = own != inputs -%}
        {% if meta.records == 'moves' %}
            {% for statement in record_moves(existing, new_relation, is_redefined).split(';') %}
                {% do run_query(statement) %}
            {% endfor %}
        {% else %}
            {% do make_scratch(scratch_table('restated'),
                restated_periods(existing, new_relation, is_redefined,
                    '(select max(batch) - 1 from builds.batches)')) %}
        {% endif %}
    {%- endif -%}
    {% do run_query('alter table ' ~ new_relation ~ " set tblproperties ('throughline.inputs' = '"
        ~ inputs ~ "')") %}
{% endmacro %}

{# One text for all that a model is defined by: its statement, vars, and seeds behind it. #}
{% macro inputs_of_definitions() %}
    {%- set inputs = [compiled_code] -%}
    {%- for name in names_of_vars() -%}
        {%- do inputs.append(var(name) | string) -%}
    {%- endfor -%}
    {%- set found = model.depends_on.nodes | list -%}
    {# The loop comes to what is added within it. #}
    {%- for node_id in found -%}
        {%- set node = graph.nodes.get(node_id) -%}
        {%- if node and node.resource_type == 'seed' -%}
            {%- do inputs.append(node.checksum.checksum) -%}
        {%- elif node -%}
            {%- do found.extend(node.depends_on.nodes | reject('in', found)) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(local_md5(inputs | join('\n'))) }}
{% endmacro %}
