{{ config(materialized='view') }}

select event_key from {{ ref('invalid_events') }}

union all

select event_key from {{ ref('blocked_events') }}

union all

select event_key from {{ ref('duplicate_events') }}

union all

select event_key from {{ ref('filtered_events') }}
