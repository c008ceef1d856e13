"""Vars that cannot be what they should be stop the build before its first table."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest
import yaml
from dbt_common.exceptions import DbtRuntimeError

from databases import DATABASE_NAME, run_dbt, tables
from load_events import refuse_wrong_memory_limit

FAULTS = {
    "week_start: Sunday": "'Sunday': expected monday or sunday",
    "as_of: 20260131": "'20260131': expected nothing, or a time",
    "time_zone: Mars/Base": "'Mars/Base': expected a name",
    "mixpanel_time_zone: Foo": "'Foo': expected a name",
    "unstated_consent: no": "'False': expected granted or denied",
    "consent_categories: analytics": "'analytics': expected a list of names",
    "keep_development_events: 2": "'2': expected true or false",
    "session_timeout_minutes: 0.5": "'0.5': expected a whole number of minutes",
    "session_max_hours: -1": "'-1': expected a whole number of hours, at least 0",
    "session_source: vendor": "'vendor': expected rule or collector",
    "session_excluded_events: beat": "'beat': expected a list of names",
    "session_cut_at_midnight: 12": "'12': expected true or false",
    "identity_policy: merge_all": "'merge_all': expected one of last_known_user",
    "identity_component_limit: 0": "'0': expected a whole number of user ids, at least",
    "identity_obey_merges: maybe": "'maybe': expected true or false",
}


def test_the_list_of_vars_is_the_projects() -> None:
    """By their values a build on Spark sees that a definition has changed."""
    project = Path(__file__).parents[2]
    macro = project / "macros" / "materializations" / "check_vars.sql"
    listed = re.findall(r'"(\w+)"', macro.read_text().split("macro names_of_vars")[1])
    declared = yaml.safe_load((project / "dbt_project.yml").read_text())["vars"]
    assert sorted(listed) == sorted(declared)


@pytest.mark.parametrize("limit", ["lots", "3", "3 XB", ""])
def test_a_memory_limit_that_is_none_is_said(limit: str) -> None:
    with pytest.raises(DbtRuntimeError, match=f"is '{limit}': expected a size"):
        refuse_wrong_memory_limit(limit)


@pytest.mark.parametrize("limit", ["3GB", "1.5 GiB", "500mb", "80%"])
def test_a_memory_limit_is_one_that_the_engine_reads(limit: str) -> None:
    refuse_wrong_memory_limit(limit)
    duckdb.connect().execute("set memory_limit = ?", [limit])


def test_all_wrong_vars_are_said_before_anything_is_built(tmp_path: Path) -> None:
    database = tmp_path / DATABASE_NAME
    setting = "{" + ", ".join(FAULTS) + "}"
    result = run_dbt("build", "--vars", setting, database=database)
    assert result.returncode != 0
    for setting, sentence in FAULTS.items():
        name = setting.split(":")[0]
        assert f"The var {name} is {sentence}" in result.stdout
    assert tables(database) == []


def test_a_list_of_nothing_is_none(tmp_path: Path) -> None:
    database = tmp_path / DATABASE_NAME
    result = run_dbt("build", "--vars", "{consent_categories: []}", database=database)
    assert "consent_categories is '[]': expected a list of names" in result.stdout


def test_a_moment_that_is_none_is_said(tmp_path: Path) -> None:
    """It can be judged only where the time zone is one."""
    database = tmp_path / DATABASE_NAME
    result = run_dbt("build", "--vars", "{as_of: 2026-soon}", database=database)
    assert "as_of is '2026-soon': expected nothing, or a time" in result.stdout
