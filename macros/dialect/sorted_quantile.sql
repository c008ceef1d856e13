{# The number at a share (0 to 1) of a sorted list, between two of them in proportion. #}
{% macro sorted_quantile(sorted_values, share) %}
    {{- return(adapter.dispatch("sorted_quantile")(sorted_values, share)) -}}
{% endmacro %}

{% macro duckdb__sorted_quantile(sorted_values, share) -%}
list_transform(
    [struct_pack(
        sorted := {{ sorted_values }},
        place := (len({{ sorted_values }}) - 1) * greatest(0, least(1, {{ share }}))
    )],
    lambda ranked: ranked.sorted[cast(floor(ranked.place) as integer) + 1]
        + (ranked.place - floor(ranked.place)) * (
            ranked.sorted[cast(ceil(ranked.place) as integer) + 1]
            - ranked.sorted[cast(floor(ranked.place) as integer) + 1]
        )
)[1]
{%- endmacro %}
