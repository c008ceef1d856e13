{# A regular expression of what stands before a parameter of a URL's query or fragment; a
   question mark later on is part of a value. #}
{% macro parameter_start() -%}
(?:^[?]|[&;#]|#[^?]*[?])
{%- endmacro %}
