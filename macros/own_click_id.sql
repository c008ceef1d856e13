{# The id of a click among an event's own properties, those first that only advertisements
   carry, or the name of its parameter. #}
{% macro own_click_id(own, wants_name=false) -%}
case
    {%- for name in own_click_parameters() %}
    when trim({{ own }}.{{ name }}) <> ''
        then {{ "'" ~ name ~ "'" if wants_name else own ~ "." ~ name }}
    {%- endfor %}
end
{%- endmacro %}

{# The parameters of clicks that collectors put among the properties of an event. #}
{% macro own_click_parameters() -%}
    {{ return([
        "gclid", "wbraid", "gbraid", "dclid", "msclkid", "ttclid", "twclid", "li_fat_id",
        "rdt_cid", "fbclid", "epik", "igshid"
    ]) }}
{%- endmacro %}
