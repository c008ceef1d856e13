{# Spark alone reads 1d, 0x1p3 and digits beyond ASCII, and alone does not read 1_000. #}
{% macro spark__numeric_text(text) -%}
case
    when regexp_like({{ text }}, '[xX]|[0-9.][dDfF]\\s*$|[^ -~\\s]') then null
    when contains({{ text }}, '_')
        then regexp_replace({{ text }}, '(?<=[0-9])_(?=[0-9])', '')
    else {{ text }}
end
{%- endmacro %}
