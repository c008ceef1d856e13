{# A pattern of the names of operating systems, with or without a version. #}
{% macro operating_system_pattern() -%}
'^(windows( nt| phone)?|mac|mac ?os( x)?|os x|ios|ipados|tvos|android|linux|ubuntu|fedora|debian|freebsd|chrome ?os|chromium ?os|cros|tizen|kaios|webos|harmonyos)( [0-9].*)?$'
{%- endmacro %}
