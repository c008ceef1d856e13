{% macro spark__row_as_json(alias, objects) -%}
concat(
    regexp_replace(rtrim('}', to_json(
        struct({{ alias }}.*{% if objects %} except ({{ objects | join(', ') }}){% endif %}),
        map('ignoreNullFields', 'false', 'timestampNTZFormat', 'yyyy-MM-dd HH:mm:ss.SSSSSS')
    )), '( [0-9]{2}:[0-9]{2}:[0-9]{2})(?:[.]0{6}|([.][0-9]*?[1-9])0*)"', '$1$2"'),
    {%- for name in objects %}
    ',"{{ name }}":', coalesce({{ alias }}.{{ name }}, 'null'),
    {%- endfor %}
    '}'
)
{%- endmacro %}
