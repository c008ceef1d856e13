{# `ceil` gives a bigint, which ends where every double is whole anyway. #}
{% macro spark__rounded_up(number) -%}
case
    when abs({{ number }}) < 9007199254740992 then cast(ceil({{ number }}) as double)
    else {{ number }}
end
{%- endmacro %}
