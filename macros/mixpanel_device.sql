{# An id of Mixpanel's without the mark of a device. #}
{% macro mixpanel_device(id) -%}
case when {{ begins_with(id, "'$device:'") }} then substr({{ id }}, 9) else {{ id }} end
{%- endmacro %}
