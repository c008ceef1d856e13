"""Databases that the tests read: each is built once per test session."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from databases import DATABASE_NAME, run_dbt


@pytest.fixture(scope="session")
def sample_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of a database built, with all its tests, from the bundled sample."""
    database = tmp_path_factory.mktemp("sample") / DATABASE_NAME
    result = run_dbt("build", database=database)
    assert result.returncode == 0, result.stdout[-5000:]
    return database


@pytest.fixture(scope="session")
def built_sample(sample_database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to the database built from the bundled sample."""
    with duckdb.connect(str(sample_database), read_only=True) as connection:
        yield connection
