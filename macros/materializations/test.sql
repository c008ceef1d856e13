{#
    In a build a test that has passed is not asked again while nothing that it looks at
    has changed since. `dbt test` asks every test.
#}
{% materialization test, adapter='duckdb' %}
    {% if flags.WHICH != 'build' or should_store_failures() %}
        {{ return(dbt.materialization_test_default()) }}
    {% endif %}
    {%- set plan = build_plan(model, sql, true) -%}
    {%- set inputs = [plan.inputs] -%}
    {%- for relation, state in plan.states.items() | sort(attribute="0") -%}
        {%- do inputs.append(relation ~ state["changed_in"]) -%}
    {%- endfor -%}
    {%- set seen = local_md5(inputs | join(" ")) -%}
    {%- set passed = run_query(
        "select 1 from builds.passed_tests where test = '" ~ model.unique_id
        ~ "' and inputs = '" ~ seen ~ "'"
    ).rows -%}
    {% if passed %}
        {% call statement('main', fetch_result=True) %}
            select 0 as failures, false as should_warn, false as should_error
        {% endcall %}
    {% else %}
        {% do dbt.materialization_test_default() %}
        {% if load_result('main').table.rows[0][0] == 0 %}
            {% call statement('remember_test') %}
                delete from builds.passed_tests where test = '{{ model.unique_id }}';
                insert into builds.passed_tests (test, inputs, passed_in)
                values ('{{ model.unique_id }}', '{{ seen }}', {{ batch() }})
            {% endcall %}
        {% endif %}
    {% endif %}
    {{ adapter.commit() }}
    {{ return({'relations': []}) }}
{% endmaterialization %}
