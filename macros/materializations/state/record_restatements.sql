{#
    Writes down what a build changes of the past: for each series (meta: series) and past
    period (meta: period) of a mart the numbers that are others than before, and why. Past
    is what lay before the last period that was there and, where a table says which of its
    rows are complete, was complete.
#}
{% macro record_restatements(old, new, plan) %}
{%- set meta = model.config.meta -%}
{%- set columns = adapter.get_columns_in_relation(old) -%}
{%- set names = columns | map(attribute="name") | list -%}
{%- set complete = "is_complete" if "is_complete" in names else "true" -%}
{%- set own = plan.states.get(this | string) -%}
{%- set measures = [] -%}
{%- for column in adapter.get_columns_in_relation(new) -%}
    {%- if column.is_numeric() or column.is_float() or column.is_integer() -%}
        {%- if column.name in names and column.name not in meta.series -%}
            {%- do measures.append(column.name) -%}
        {%- endif -%}
    {%- endif -%}
{%- endfor -%}
insert into builds.restated_periods
with numbers as (
    {% for relation in [old, new] %}
    unpivot (
        select
            {{ loop.index0 }} as is_new,
            {{ "concat_ws(' / ', " ~ meta.series | join(", ") ~ ")" if meta.series else "''" }}
                as series,
            cast({{ meta.period }} as timestamp) as period_start,
            {% for measure in measures -%}
            cast({{ measure }} as double) as {{ measure }}{{ "," if not loop.last }}
            {% endfor %}
        from {{ relation }}
        where {{ complete }}
    ) on {{ measures | join(", ") }} into name column_name value value
    {{ "union all" if not loop.last }}
    {% endfor %}
),
compared as (
    select
        series, period_start, column_name,
        max(value) filter (where is_new = 0) as previous_value,
        max(value) filter (where is_new = 1) as value
    from numbers
    where period_start < (select max(cast({{ meta.period }} as timestamp)) from {{ old }})
    group by series, period_start, column_name
),
periods as (
    select period_start, lead(period_start) over (order by period_start) as next_start
    from (select distinct period_start from numbers)
),
touched as (
    select periods.period_start, min(days.reason) as reason
    from periods
    inner join builds.touched_days as days
        on days.day >= periods.period_start
        and days.day < coalesce(periods.next_start, timestamp '9999-01-01')
    where days.batch = {{ batch() }}
    group by periods.period_start
)
select
    {{ batch() }}, '{{ model.name }}', compared.series, compared.period_start,
    compared.column_name, compared.previous_value, compared.value,
    case
        when {{ own is not none and own["inputs"] != plan.inputs }} then 'definition_change'
        else coalesce(
            touched.reason,
            (
                select min(days.reason) from builds.touched_days as days
                where
                    days.batch = {{ batch() }}
                    and days.day < compared.period_start
                    and days.day >= compared.period_start - interval 31 day
            ),
            (
                select min('identity_change') from builds.identity_changes
                where changed_in_batch = {{ batch() }}
            ),
            (select min(reason) from builds.touched_days where batch = {{ batch() }}),
            'other'
        )
    end
from compared
left join touched using (period_start)
where compared.previous_value is distinct from compared.value
{% endmacro %}
