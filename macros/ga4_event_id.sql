{#
    GA4's rows have no id, but what tells them apart. Those of a batch share their time
    and are told in their order by its numbers, so the id begins with these.
#}
{% macro ga4_event_id(row) -%}
concat(
    lpad(coalesce({{ row }}.ga4.batch_page_id, '0'), 20, '0'), '-',
    lpad(coalesce({{ row }}.ga4.batch_ordering_id, '0'), 6, '0'), '-',
    lpad(coalesce({{ row }}.ga4.batch_event_index, '0'), 6, '0'), '-',
    {{ hash_text("concat_ws(' ', "
        ~ row ~ ".ga4.stream_id, "
        ~ row ~ ".ga4.user_pseudo_id, "
        ~ row ~ ".ga4.event_timestamp, "
        ~ row ~ ".ga4.event_name, "
        ~ row ~ ".ga4.event_bundle_sequence_id, "
        ~ compact_json(row ~ ".ga4.event_params") ~ ")") }}
)
{%- endmacro %}
