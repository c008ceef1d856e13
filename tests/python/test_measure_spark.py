"""What a build cost a Spark cluster is summed up by model from Spark's event logs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import zstandard

SCRIPT = Path(__file__).parents[2] / "scripts" / "measure_spark.py"


def job(number: int, model: str, stages: list[int], begun: int) -> dict[str, Any]:
    comment = f'/* {{"node_id": "model.throughline.{model}"}} */ create table'
    return {
        "Event": "SparkListenerJobStart",
        "Job ID": number,
        "Stage IDs": stages,
        "Submission Time": begun,
        "Properties": {"spark.job.description": comment},
    }


def task(stage: int, run_ms: int, shuffled: int) -> dict[str, Any]:
    metrics = {
        "Executor Run Time": run_ms,
        "Executor CPU Time": run_ms * 1_000_000,
        "Disk Bytes Spilled": 2_000_000,
        "Shuffle Write Metrics": {"Shuffle Bytes Written": shuffled},
    }
    return {"Event": "SparkListenerTaskEnd", "Stage ID": stage, "Task Metrics": metrics}


def end(number: int, ended: int) -> dict[str, Any]:
    return {"Event": "SparkListenerJobEnd", "Job ID": number, "Completion Time": ended}


EVENTS = [
    job(0, "sessions", [0, 1], 1000),
    task(0, 1000, 3_000_000),
    task(1, 1000, 0),
    task(1, 4000, 0),
    end(0, 7000),
    job(1, "people", [2], 8000),
    task(2, 500, 1_000_000),
    end(1, 9500),
]


def measured(logs: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), str(logs)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("suffix", ["", ".zstd", ".zstd.inprogress"])
def test_each_model_has_its_sums_and_the_dearest_comes_first(
    tmp_path: Path, suffix: str
) -> None:
    log = "".join(json.dumps(event) + "\n" for event in EVENTS).encode()
    packed = zstandard.ZstdCompressor().compress(log) if suffix else log
    (tmp_path / f"app-1{suffix}").write_bytes(packed)
    assert measured(tmp_path).stdout.splitlines()[2:] == [
        "| sessions | 6.0 | 6.0 | 3.0 | 6.0 | 1.6 |",
        "| people | 1.5 | 0.5 | 1.0 | 2.0 | 1.0 |",
        "| all |  | 6.5 | 4.0 | 8.0 |  |",
    ]


def test_a_folder_without_a_log_is_a_sentence(tmp_path: Path) -> None:
    result = measured(tmp_path)
    assert result.returncode != 0
    assert "spark.eventLog.enabled=true" in result.stderr
    assert "Traceback" not in result.stderr
