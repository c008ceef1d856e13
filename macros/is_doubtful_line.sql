{# Whether a line of a collector with a shape of its own may lack a name or somebody, or
   merges two people, who must both be named. #}
{% macro is_doubtful_line(message) -%}
trim(concat_ws('',
    {{ message }}.user_id, {{ message }}.device_id, {{ message }}.user_pseudo_id,
    {{ message }}.identity, {{ message }}._p, {{ message }}.domain_userid,
    replace(coalesce({{ message }}.distinct_id,
        {{ json_value(message ~ '.properties', "'distinct_id'") }}, ''), '$device:', '')
)) = ''
or trim(concat_ws('',
    {{ message }}.event, {{ message }}.event_name, {{ message }}.event_type,
    {{ message }}._n
)) in ('', '$create_alias', '$merge', '$merge_dangerously', '$identify')
or {{ message }}.from_user_id is not null
or coalesce(left({{ parameters_object(message ~ '.event_params') }}, 1) <> '{', false)
{%- endmacro %}
