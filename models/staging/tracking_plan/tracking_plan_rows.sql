{{ definition_rows_of('tracking_plan_events') }}

union all

{{ definition_rows_of('tracking_plan_properties') }}

union all

{{ definition_rows_of('tracking_plan_policies') }}

union all

{{ definition_rows_of('tracking_plan_conventions') }}
