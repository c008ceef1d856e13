{# `get` gives null beyond the list, as DuckDB does: of an empty list there is no quantile. #}
{% macro spark__sorted_quantile(sorted_values, share) -%}
transform(
    array(named_struct(
        'sorted', {{ sorted_values }},
        'place', (array_size({{ sorted_values }}) - 1) * greatest(0, least(1, {{ share }}))
    )),
    ranked -> get(ranked.sorted, cast(floor(ranked.place) as int))
        + (ranked.place - floor(ranked.place)) * (
            get(ranked.sorted, cast(ceil(ranked.place) as int))
            - get(ranked.sorted, cast(floor(ranked.place) as int))
        )
)[0]
{%- endmacro %}
