{# Stops a build before its first table where a var cannot be what it should be. #}
{% macro check_vars() %}
    {%- if not execute -%}{{ return("") }}{%- endif -%}
    {%- set text = {} -%}
    {%- for name in names_of_vars() -%}
        {%- do text.update({name: var(name) | string | replace("'", "''")}) -%}
    {%- endfor -%}
    {%- set zones = modules.pytz.all_timezones -%}
    {# A bare number would be read as seconds since 1970. #}
    {%- set is_moment = text.as_of == "" or text.as_of[4:5] == "-" and run_query(
        "select count(" ~ parse_timestamp("'" ~ text.as_of ~ "'") ~ ")").rows[0][0] -%}
    {%- set faults = [] -%}
    {%- if text.week_start not in ["monday", "sunday"] -%}
        {%- do faults.append(("week_start", "monday or sunday")) -%}
    {%- endif -%}
    {%- for name, least, unit in [
        ("session_timeout_minutes", 1, "minutes"), ("session_max_hours", 0, "hours"),
        ("history_warmup_days", 0, "days"), ("identity_component_limit", 1, "user ids")
    ] -%}
        {%- if text[name] | int(-1) < least or text[name] | int(-1) | string != text[name] -%}
            {%- do faults.append(
                (name, "a whole number of " ~ unit ~ ", at least " ~ least)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set policies = ["last_known_user", "connected_components", "no_backfill",
        "first_user_forever", "last_user_forever"] -%}
    {%- if text.identity_policy not in policies -%}
        {%- do faults.append(("identity_policy", "one of " ~ policies | join(", "))) -%}
    {%- endif -%}
    {%- if text.session_source not in ["rule", "collector"] -%}
        {%- do faults.append(("session_source", "rule or collector")) -%}
    {%- endif -%}
    {%- if var("session_excluded_events") is string
        or var("session_excluded_events") is not sequence -%}
        {%- do faults.append(
            ("session_excluded_events", "a list of names, such as [Heartbeat]")) -%}
    {%- endif -%}
    {%- if var("time_zone") not in zones -%}
        {%- do faults.append(("time_zone", "a name of the tz database, such as Europe/Oslo")) -%}
    {%- endif -%}
    {%- if var("mixpanel_time_zone") not in zones -%}
        {%- do faults.append(
            ("mixpanel_time_zone", "a name of the tz database, such as US/Pacific")) -%}
    {%- endif -%}
    {%- if not is_moment -%}
        {%- do faults.append(("as_of", "nothing, or a time such as 2026-01-31T12:00:00Z")) -%}
    {%- endif -%}
    {%- for name in ["forget_missing_files", "keep_development_events",
        "identity_obey_merges", "session_cut_at_midnight"] -%}
        {%- if text[name] | lower not in ["true", "false"] -%}
            {%- do faults.append((name, "true or false")) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if text.unstated_consent not in ["granted", "denied"] -%}
        {%- do faults.append(("unstated_consent", "granted or denied")) -%}
    {%- endif -%}
    {%- if var("consent_categories") is string or not var("consent_categories")
        or "'" in var("consent_categories") | join -%}
        {%- do faults.append(("consent_categories", "a list of names, such as [analytics]")) -%}
    {%- endif -%}
    {%- if faults -%}
        {%- set sentences = [] -%}
        {%- for name, expected in faults -%}
            {%- do sentences.append("The var " ~ name ~ " is '" ~ var(name)
                ~ "': expected " ~ expected ~ ". Set it in dbt_project.yml or with --vars '"
                ~ name ~ ": ...'.") -%}
        {%- endfor -%}
        {%- do exceptions.raise_compiler_error(sentences | join("\n")) -%}
    {%- endif -%}
    {{ return("") }}
{% endmacro %}

{# The vars of the project, as dbt_project.yml has them. #}
{% macro names_of_vars() %}
    {{ return([
        "time_zone", "week_start", "as_of", "identity_policy", "identity_component_limit",
        "identity_obey_merges", "session_timeout_minutes", "session_cut_at_midnight",
        "session_max_hours", "session_excluded_events", "session_source",
        "history_warmup_days", "mixpanel_time_zone", "consent_categories",
        "unstated_consent", "keep_development_events", "experiment_assignments",
        "forget_missing_files"
    ]) }}
{% endmacro %}
