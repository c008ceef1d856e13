"""The dbt unit tests, and what the documentation says of the public tables."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from databases import run_dbt

FEWEST_UNIT_TESTS = 100


@pytest.fixture(scope="module")
def copied_sample(sample_database: Path, tmp_path_factory) -> Path:
    """A database of this module's own: unit tests and docs write to theirs."""
    database = tmp_path_factory.mktemp("copy") / "copied.duckdb"
    shutil.copy(sample_database, database)
    return database


def test_every_unit_test_passes(copied_sample: Path) -> None:
    result = run_dbt(
        "test", "--select", "test_type:unit", "--threads", "2", database=copied_sample
    )
    assert result.returncode == 0, result.stdout[-4000:]
    passed = int(re.search(r"PASS=(\d+)", result.stdout).group(1))
    assert passed >= FEWEST_UNIT_TESTS


@pytest.fixture(scope="module")
def documentation(copied_sample: Path) -> dict[str, Any]:
    result = run_dbt("docs", "generate", database=copied_sample)
    assert result.returncode == 0, result.stdout[-4000:]
    manifest = copied_sample.parent / "copied_target" / "manifest.json"
    return json.loads(manifest.read_text())


def test_every_public_table_and_column_is_described(
    documentation: dict[str, Any], built_sample: duckdb.DuckDBPyConnection
) -> None:
    described = {
        node["name"]: {name for name, column in node["columns"].items()}
        for node in documentation["nodes"].values()
        if node["resource_type"] == "model"
        and node["access"] == "public"
        and node["description"].startswith("One row per ")
        and all(column["description"] for column in node["columns"].values())
    }
    found: dict[str, set[str]] = {}
    for table, column in built_sample.execute(
        "select table_name, column_name from information_schema.columns"
        " where table_schema = 'main' and table_catalog = current_database()"
    ).fetchall():
        found.setdefault(table, set()).add(column)
    assert found == described


def test_every_mart_has_an_exposure(documentation: dict[str, Any]) -> None:
    exposed = {
        node.split(".")[-1]
        for exposure in documentation["exposures"].values()
        for node in exposure["depends_on"]["nodes"]
    }
    public = {
        node["name"]
        for node in documentation["nodes"].values()
        if node["resource_type"] == "model" and node["access"] == "public"
    }
    assert exposed == public
