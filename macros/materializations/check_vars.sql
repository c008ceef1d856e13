{# Stops a build before its first table where a var cannot be what it should be. #}
{% macro check_vars() %}
    {%- if not execute -%}{{ return("") }}{%- endif -%}
    {%- set text = {} -%}
    {%- for name in [
        "week_start", "session_timeout_minutes", "history_warmup_days", "time_zone",
        "as_of", "forget_missing_files", "keep_development_events", "unstated_consent"
    ] -%}
        {%- do text.update({name: var(name) | string | replace("'", "''")}) -%}
    {%- endfor -%}
    {%- set known = run_query(
        "select count(*), count(" ~ parse_timestamp("'" ~ text.as_of ~ "'")
        ~ ") from pg_timezone_names() where name = '" ~ text.time_zone ~ "'"
    ).rows[0] -%}
    {%- set faults = [] -%}
    {%- if text.week_start not in ["monday", "sunday"] -%}
        {%- do faults.append(("week_start", "monday or sunday")) -%}
    {%- endif -%}
    {%- if text.session_timeout_minutes | int(0) <= 0
        or text.session_timeout_minutes | int(0) | string != text.session_timeout_minutes -%}
        {%- do faults.append(("session_timeout_minutes", "a whole number of minutes, at least 1")) -%}
    {%- endif -%}
    {%- if text.history_warmup_days | int(-1) < 0
        or text.history_warmup_days | int(-1) | string != text.history_warmup_days -%}
        {%- do faults.append(("history_warmup_days", "a whole number of days, at least 0")) -%}
    {%- endif -%}
    {%- if known[0] == 0 -%}
        {%- do faults.append(("time_zone", "a name of the tz database, such as Europe/Oslo")) -%}
    {%- endif -%}
    {%- if text.as_of != "" and known[0] > 0 and known[1] == 0 -%}
        {%- do faults.append(("as_of", "nothing, or a time such as 2026-01-31T12:00:00Z")) -%}
    {%- endif -%}
    {%- for name in ["forget_missing_files", "keep_development_events"] -%}
        {%- if text[name] | lower not in ["true", "false"] -%}
            {%- do faults.append((name, "true or false")) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if text.unstated_consent not in ["granted", "denied"] -%}
        {%- do faults.append(("unstated_consent", "granted or denied")) -%}
    {%- endif -%}
    {%- if var("consent_categories") is string or "'" in var("consent_categories") | join -%}
        {%- do faults.append(("consent_categories", "a list of names, such as [analytics]")) -%}
    {%- endif -%}
    {%- if faults -%}
        {%- set name, expected = faults[0] -%}
        {%- do exceptions.raise_compiler_error(
            "The var " ~ name ~ " is '" ~ var(name) ~ "': expected " ~ expected
            ~ ". Set it in dbt_project.yml or with --vars '" ~ name ~ ": ...'."
        ) -%}
    {%- endif -%}
    {{ return("") }}
{% endmacro %}
