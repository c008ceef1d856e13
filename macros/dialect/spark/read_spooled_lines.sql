{# The lines of files that Spark reads where they lie, with their numbers, and of others. #}
{% macro spark__read_spooled_lines() %}
(
    select
        path as read_from, number as line_number, reason as reject_reason,
        detail as reject_detail, text as line
    from landing.mended_lines
    where number is not null
    union all
    select
        texts.read_from, blocks.lines_before + texts.position - blocks.first_position + 1,
        null, null, texts.line
    from {{ raw_texts("trim(both chr(9) || chr(13) || ' ' from value)") }} as texts
    inner join {{ raw_blocks() }} as blocks
        on texts.read_from = blocks.read_from and texts.block_start = blocks.block_start
    left anti join landing.mended_lines as mended_lines
        on texts.read_from = mended_lines.path and mended_lines.number is not null
    where texts.line <> ''
)
{% endmacro %}
