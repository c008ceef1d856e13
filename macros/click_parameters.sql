{# The URL parameters that carry the id of a click, as seeds/reference/click_ids.csv lists
   them: of several in one URL the first here counts. #}
{% macro click_parameters() -%}
{{ return([
    "gclid", "wbraid", "gbraid", "dclid", "msclkid", "ttclid", "twclid", "li_fat_id",
    "sccid", "rdt_cid", "qclid", "yclid", "ymclid", "vmcid", "obclid", "dicbo", "tblci",
    "nclid", "irclickid", "cjevent", "awc", "ranmid", "sscid", "fbclid", "epik", "igshid",
    "srsltid"
]) }}
{%- endmacro %}
