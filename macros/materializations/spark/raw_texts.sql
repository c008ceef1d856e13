{#
    The lines of the raw files as Spark's text reader splits them, with the block of the
    file that each is of and a position that grows by one from line to line of a block.
#}
{% macro raw_texts(line) -%}
(
    {% for part in events_paths() -%}
    select
        url_decode(replace(_metadata.file_path, '+', '%2B')) as read_from,
        _metadata.file_block_start as block_start,
        monotonically_increasing_id() as position,
        {{ line }} as line
    from landing.raw_text_{{ loop.index0 }}
    {{- " union all " if not loop.last }}
    {% endfor -%}
)
{%- endmacro %}

{# Of each block of a file the position of its first line, and how many lie before it. #}
{% macro raw_blocks() -%}
(
    select
        read_from,
        block_start,
        min(position) as first_position,
        coalesce(sum(count(*)) over (
            partition by read_from order by block_start
            rows between unbounded preceding and 1 preceding
        ), 0) as lines_before
    from {{ raw_texts("''") }}
    group by read_from, block_start
)
{%- endmacro %}
