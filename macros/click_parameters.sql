{# A pattern of the names of the URL parameters that carry the id of a click, as
   seeds/reference/click_ids.csv lists them: those that only advertisements and partners
   carry, or those that stand on every link from their site. #}
{% macro click_parameters(kind) -%}
{%- if kind == "paid" -%}
gclid|wbraid|gbraid|dclid|msclkid|ttclid|twclid|li_fat_id|sccid|rdt_cid|qclid|yclid
{#- -#}
|ymclid|vmcid|obclid|dicbo|tblci|nclid|irclickid|cjevent|awc|ranmid|sscid
{%- else -%}
fbclid|epik|igshid|srsltid
{%- endif -%}
{%- endmacro %}
