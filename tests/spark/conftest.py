"""A Spark cluster and, beside it, a DuckDB file: the same events are built on both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deliveries import EVENTS
from engines import (
    MASTER_PORT,
    PORT,
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
    small = () if EVENTS else SMALL_DATA
    settings = [part for setting in small for part in ("--setting", setting)]
    place = ("--folder", str(folder))
    try:
        print(run_script(START, *place, *ports, *settings))
        yield folder
    finally:
        run_script(STOP, *place)


@pytest.fixture(scope="session")
def engines(cluster: Path) -> Engines:
    """Both engines, without any event."""
    return Engines(cluster.parent)
