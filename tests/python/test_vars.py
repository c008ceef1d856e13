"""A var that cannot be what it should be stops the build before its first table."""

from __future__ import annotations

from pathlib import Path

import pytest

from databases import DATABASE_NAME, run_dbt, tables


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ("week_start: Sunday", "week_start is 'Sunday': expected monday or sunday"),
        ("time_zone: Mars/Base", "time_zone is 'Mars/Base': expected a name"),
        ("unstated_consent: no", "unstated_consent is 'False': expected granted"),
        ("consent_categories: analytics", "consent_categories is 'analytics': expect"),
        ("keep_development_events: 2", "keep_development_events is '2': expected true"),
        ("as_of: soon", "as_of is 'soon': expected nothing, or a time"),
        (
            "session_timeout_minutes: 0.5",
            "session_timeout_minutes is '0.5': expected a whole number of minutes",
        ),
    ],
)
def test_a_wrong_var_is_said_before_anything_is_built(
    tmp_path: Path, setting: str, sentence: str
) -> None:
    database = tmp_path / DATABASE_NAME
    result = run_dbt("build", "--vars", f"{{{setting}}}", database=database)
    assert result.returncode != 0
    assert f"The var {sentence}" in result.stdout
    assert tables(database) == []
