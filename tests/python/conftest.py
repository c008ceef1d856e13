"""Databases that the tests read: each is built once per test session."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from databases import DATABASE_NAME, run_dbt, share_parsed


@pytest.fixture(scope="session")
def sample_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of a database built, with all its tests, from the bundled sample.

    Whichever of the processes that run tests asks for it first builds it for all.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / "sample"
    folder.mkdir(exist_ok=True)
    with (shared / "sample.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "is_built").exists():
            result = run_dbt("build", database=folder / DATABASE_NAME)
            assert result.returncode == 0, result.stdout[-5000:]
            (folder / "is_built").touch()
    share_parsed(folder / DATABASE_NAME)
    return folder / DATABASE_NAME


@pytest.fixture(scope="session")
def built_sample(sample_database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to the database built from the bundled sample."""
    with duckdb.connect(str(sample_database), read_only=True) as connection:
        yield connection
