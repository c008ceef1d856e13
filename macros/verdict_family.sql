{# What the p-values have in common that are corrected together. #}
{% macro verdict_family(verdict) -%}
{{ verdict }}.experiment, {{ verdict }}.slice_type, {{ verdict }}.is_primary,
{{ verdict }}.slice_name, case when {{ verdict }}.slice_type = 'day' then {{ verdict }}.slice end
{%- endmacro %}
