{{ definition_rows_of('named_events') }}

union all

{{ definition_rows_of('activities') }}

union all

{{ definition_rows_of('funnels') }}

union all

{{ definition_rows_of('funnel_steps') }}

union all

{{ definition_rows_of('retentions') }}

union all

{{ definition_rows_of('path_reports') }}

union all

{{ definition_rows_of('path_exclusions') }}

union all

{{ definition_rows_of('path_groupings') }}

union all

{{ definition_rows_of('features') }}

union all

{{ definition_rows_of('experiments') }}

union all

{{ definition_rows_of('experiment_variants') }}

union all

{{ definition_rows_of('experiment_metrics') }}

union all

{{ definition_rows_of('conversions') }}

union all

{{ definition_rows_of('non_interaction_events') }}

union all

{{ definition_rows_of('experiment_segments') }}

union all

{{ definition_rows_of('experiment_assignments') }}

union all

{{ definition_rows_of('cohorts') }}

union all

{{ definition_rows_of('cohort_rules') }}
