{{ config(materialized='view') }}

select * from {{ ref('stg_segment__events') }}

union all

select * from {{ ref('stg_throughline__events') }}
