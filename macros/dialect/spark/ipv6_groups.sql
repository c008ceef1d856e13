{% macro spark__ipv6_groups(ip) -%}
{%- set written -%}
regexp_replace(lower(regexp_extract(
    {{ ip }},
    r'\A\[?((?:[0-9a-fA-F]|::)(?:[0-9a-fA-F:.]*(?:[0-9a-fA-F]|::))?)(?:%[^\]]*)?(?:\](?::[0-9]+)?)?\z',
    1
)), '[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$', '0:0')
{%- endset -%}
{%- set filled -%}
trim(both ':' from replace(replace(written, ':::', '?'), '::', concat(':', repeat(
    '0:', greatest(8 - size(regexp_extract_all(written, '[0-9a-f]+', 0)), 1)
))))
{%- endset -%}
{{ bound('written', written, bound('address', filled,
    "case
        when regexp_like(address, '^([0-9a-f]{1,4}:){7}[0-9a-f]{1,4}$')
            then array_join(transform(split(address, ':'), number -> coalesce(
                nullif(trim(leading '0' from number), ''), '0'
            )), ':')
    end"
)) }}
{%- endmacro %}
