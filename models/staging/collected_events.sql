{{ config(materialized='view') }}

-- By name: a collector's model has only the columns for which its objects have a value.
{{ union_by_name([
    ref('stg_throughline__events'),
    ref('stg_segment__events'),
    ref('stg_rudderstack__events'),
    ref('stg_amplitude__events'),
    ref('stg_mixpanel__events'),
    ref('stg_ga4__events'),
    ref('stg_posthog__events'),
    ref('stg_snowplow__events'),
    ref('stg_heap__events'),
    ref('stg_kissmetrics__events'),
    ref('stg_mparticle__events')
]) }}
