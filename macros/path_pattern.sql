{# A pattern of items as items are written, in which a star stands for anything. #}
{% macro path_pattern(pattern, item) -%}
case
    when {{ item }} = 'event_name' and {{ pattern }} like '%*%'
        then {{ snake_case(pattern, keeps='*') }}
    else {{ path_item(pattern, item) }}
end
{%- endmacro %}
