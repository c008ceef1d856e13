"""Databases that the tests read: each is built once per test session."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

PROJECT = Path(__file__).parents[2]
Dbt = Callable[..., subprocess.CompletedProcess[str]]


def run_dbt(
    *arguments: str,
    database: Path,
    events_path: str | Path | None = None,
    project: Path = PROJECT,
) -> subprocess.CompletedProcess[str]:
    """Run dbt with a database and a target folder of its own; never raises."""
    environment = {
        **os.environ,
        "THROUGHLINE_DATABASE_PATH": str(database),
        "DBT_TARGET_PATH": str(database.parent / f"{database.stem}_target"),
        "DBT_LOG_PATH": str(database.parent / f"{database.stem}_logs"),
        "DBT_PROJECT_DIR": str(project),
        "DBT_PROFILES_DIR": str(project),
    }
    environment.pop("THROUGHLINE_EVENTS_PATH", None)
    if events_path is not None:
        environment["THROUGHLINE_EVENTS_PATH"] = str(events_path)
    return subprocess.run(
        [str(Path(sys.executable).with_name("dbt")), "--no-use-colors", *arguments],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def sample_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of a database built, with all its tests, from the bundled sample."""
    database = tmp_path_factory.mktemp("sample") / "sample.duckdb"
    result = run_dbt("build", database=database)
    assert result.returncode == 0, result.stdout[-5000:]
    return database


@pytest.fixture(scope="session")
def built_sample(sample_database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to the database built from the bundled sample."""
    with duckdb.connect(str(sample_database), read_only=True) as connection:
        yield connection
