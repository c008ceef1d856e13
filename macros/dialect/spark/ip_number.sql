{# Of 128 binary digits, which sort as the number does: no decimal has as many values. #}
{% macro spark__ip_number(ip) -%}
case
    when {{ has_match(ip, "'" ~ ipv4_parts_pattern() ~ "'") }}
        then concat(repeat('0', 80), repeat('1', 16), array_join(transform(
            regexp_extract_all(
                regexp_extract({{ ip }}, '([0-9]+[.][0-9.]+)', 1), '[0-9]+', 0
            ), number -> lpad(conv(number, 10, 2), 8, '0')
        ), ''))
    when contains({{ ip }}, ':')
        then array_join(transform(
            split({{ ipv6_groups(ip) }}, ':'), number -> lpad(conv(number, 16, 2), 16, '0')
        ), '')
end
{%- endmacro %}
