{{ config(materialized='view') }}

-- By name: a collector's model has only the columns for which its objects have a value.
select * from {{ ref('stg_throughline__events') }}

union all by name

select * from {{ ref('stg_segment__events') }}

union all by name

select * from {{ ref('stg_rudderstack__events') }}

union all by name

select * from {{ ref('stg_amplitude__events') }}

union all by name

select * from {{ ref('stg_mixpanel__events') }}

union all by name

select * from {{ ref('stg_ga4__events') }}

union all by name

select * from {{ ref('stg_posthog__events') }}

union all by name

select * from {{ ref('stg_snowplow__events') }}

union all by name

select * from {{ ref('stg_heap__events') }}

union all by name

select * from {{ ref('stg_kissmetrics__events') }}

union all by name

select * from {{ ref('stg_mparticle__events') }}
