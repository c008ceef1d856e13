"""A Spark cluster and, beside it, a DuckDB file: the same events are built on both."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from engines import (
    MASTER_PORT,
    PORT,
    PROJECT,
    SMALL_DATA,
    START,
    STOP,
    Engines,
    run_script,
)


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a cluster that runs: master, two workers and Thrift server."""
    folder = tmp_path_factory.mktemp("engines") / "cluster"
    ports = ("--port", str(PORT), "--master-port", str(MASTER_PORT))
    settings = [part for setting in SMALL_DATA for part in ("--setting", setting)]
    place = ("--folder", str(folder))
    try:
        print(run_script(START, *place, *ports, *settings))
        yield folder
    finally:
        run_script(STOP, *place)


@pytest.fixture(scope="session")
def engines(cluster: Path) -> Engines:
    """Both engines, with the sample and the documented example of each collector."""
    engines = Engines(cluster.parent)
    shutil.copytree(PROJECT / "seeds" / "sample_events", engines.events)
    shutil.copytree(
        PROJECT / "tests" / "fixtures" / "collectors", engines.events / "more"
    )
    # Spark does not list files without a byte: docs/spark.md says so.
    for file in engines.events.rglob("*"):
        if file.is_file() and file.stat().st_size == 0:
            file.unlink()
    return engines
