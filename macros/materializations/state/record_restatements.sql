{# Writes down what a build changes of the past. #}
{% macro record_restatements(old, new, is_redefined, since) %}
insert into builds.restated_periods
{{ restated_periods(old, new, is_redefined, since) }}
{% endmacro %}

{#
    What a build changes of the past: for each series (meta: series) and past period (meta:
    period) of a mart the numbers that are others than before, and why. Past is what lay
    before the last period that was there and, where a table says which of its rows are
    complete, not after the last one of the series that was. The reason is what happened
    since the mart was last built: in the period, in the 31 days before it, or after it. Of
    several there a replay comes first, then late events, then a change of identity.
#}
{% macro restated_periods(old, new, is_redefined, since) %}
{%- set meta = model.config.meta -%}
{%- set names = adapter.get_columns_in_relation(old) | map(attribute="name") | list -%}
{%- set complete = "is_complete" if "is_complete" in names else "true" -%}
{%- set measures = measures_of(new) | select("in", names) | reject("in", meta.series) | list -%}
with numbers as (
    {% for relation in [old, new] %}
    {% set query %}
        select
            {{ loop.index0 }} as is_new,
            {{ series_of(meta.series) }} as series,
            cast({{ meta.period }} as timestamp) as period_start,
            {% for measure in measures -%}
            cast({{ measure }} as double) as {{ measure }}{{ "," if not loop.last }}
            {% endfor %}
        from {{ relation }}
        where {{ complete }}
    {% endset %}
    {{ unpivoted(query, measures, "column_name", "value") }}
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
completed as (
    select series, max(period_start) as last_start
    from numbers
    where is_new = 0
    group by series
),
changed as (
    select compared.*
    from compared
    {%- if complete != "true" %}
    inner join completed
        on compared.series = completed.series and compared.period_start <= completed.last_start
    {%- endif %}
    where compared.previous_value is distinct from compared.value
),
periods as (
    select
        series, period_start,
        coalesce(
            lead(period_start) over (partition by series order by period_start),
            timestamp '9999-01-01'
        ) as next_start
    from (select distinct series, period_start from numbers)
),
touched as (
    select
        periods.series, periods.period_start,
        max(days.reason) filter (
            where days.day >= periods.period_start and days.day < periods.next_start
        ) as reason,
        max(days.reason) filter (where days.day < periods.period_start) as earlier_reason,
        max(days.reason) filter (where days.day >= periods.next_start) as later_reason
    from periods
    inner join (select distinct series, period_start from changed) as restated
        on periods.series = restated.series and periods.period_start = restated.period_start
    inner join builds.touched_days as days
        on days.day >= periods.period_start - interval 31 day
    where days.batch > {{ since }}
    group by periods.series, periods.period_start
)
select
    {{ batch() }} as batch, '{{ model.name }}' as mart, changed.series, changed.period_start,
    changed.column_name, changed.previous_value, changed.value,
    case
        when {{ is_redefined }} then 'definition_change'
        else coalesce(
            touched.reason,
            touched.earlier_reason,
            touched.later_reason,
            (
                select min('identity_change') from builds.identity_changes
                where changed_in_batch > {{ since }}
            ),
            (select max(reason) from builds.touched_days where batch > {{ since }}),
            'other'
        )
    end as reason
from changed
left join touched
    on changed.series = touched.series and changed.period_start = touched.period_start
{% endmacro %}

{# The columns of a relation that hold numbers. #}
{% macro measures_of(relation) %}
    {%- set found = [] -%}
    {%- for column in adapter.get_columns_in_relation(relation) -%}
        {%- if column.dtype.split("(")[0] | lower in [
            "smallint", "int", "integer", "bigint", "hugeint", "float", "double", "decimal"
        ] -%}
            {%- do found.append(column.name) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}

{# Which of a mart's rows of a period one is. #}
{% macro series_of(columns) -%}
{%- if columns -%}
concat_ws(' / '
    {%- for column in columns %}, cast({{ column }} as string){% endfor %})
{%- else -%}
''
{%- endif -%}
{%- endmacro %}
