{# The name of a library in lower case, without the version that may follow it. #}
{% macro library_name(library) -%}
case
    when contains({{ library }}, '/') then coalesce(
        nullif({{ matched_part('lower(' ~ library ~ ')', "'^(.+)/[0-9][^/]*$'", 1) }}, ''),
        lower({{ library }})
    )
    else lower({{ library }})
end
{%- endmacro %}
