"""Sum up what a build cost a Spark cluster, from the event logs that Spark wrote.

Start the server with spark.eventLog.enabled, build, and stop it. The result is a table
in Markdown with a line for each model, the most expensive first:

    seconds   from its first job's start to its last job's end
    cpu       seconds of processors, summed over all tasks
    shuffled  bytes written for other tasks to read, in MB
    spilled   bytes that did not fit into memory, in MB
    skew      in the stage that took most: the longest task against the mean of all

Source: Spark's monitoring guide, the events of SparkListener as JSON.

Example:
    uv run --group spark python scripts/measure_spark.py target/event_logs
"""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import zstandard

MB = 1_000_000
HEADER = ("model", "seconds", "cpu", "shuffled", "spilled", "skew")


@dataclass
class Cost:
    """What the jobs of one model took; times are in milliseconds, sizes in bytes."""

    begun: list[int] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)
    cpu: float = 0
    shuffled: int = 0
    spilled: int = 0
    tasks: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    @property
    def seconds(self) -> float:
        return (max(self.ended, default=0) - min(self.begun, default=0)) / 1000

    @property
    def skew(self) -> float:
        """The longest task of the heaviest stage, in means; 1 is no skew at all."""
        heaviest: list[int] = max(self.tasks.values(), key=sum, default=[])
        return max(heaviest, default=0) / max(sum(heaviest), 1) * len(heaviest)

    def add_task(self, event: dict[str, Any]) -> None:
        metrics = event.get("Task Metrics") or {}
        self.tasks[event["Stage ID"]].append(metrics.get("Executor Run Time", 0))
        self.cpu += metrics.get("Executor CPU Time", 0) / 1e9
        self.shuffled += metrics.get("Shuffle Write Metrics", {}).get(
            "Shuffle Bytes Written", 0
        )
        self.spilled += metrics.get("Disk Bytes Spilled", 0)


def lines_of(log: Path) -> Iterator[str]:
    """The lines of an event log, compressed or not."""
    with log.open("rb") as raw:
        packed = ".zstd" in log.suffixes
        read = zstandard.ZstdDecompressor().stream_reader(raw) if packed else raw
        yield from io.TextIOWrapper(read, encoding="utf-8")


def model_of(job: dict[str, Any]) -> str:
    """The model that a job is for, by the comment that dbt puts before a statement."""
    statement = (job.get("Properties") or {}).get("spark.job.description", "")
    found = re.search(r'"node_id": "\w+\.throughline\.([\w.]+)"', statement)
    return found.group(1) if found else "(the build itself)"


def costs_of(logs: list[Path]) -> dict[str, Cost]:
    """Read the logs once: jobs name the model and their stages, tasks the stage."""
    costs: dict[str, Cost] = defaultdict(Cost)
    jobs: dict[int, Cost] = {}
    stages: dict[int, Cost] = {}
    for line in (line for log in logs for line in lines_of(log)):
        event = json.loads(line)
        match event["Event"]:
            case "SparkListenerJobStart":
                cost = jobs[event["Job ID"]] = costs[model_of(event)]
                stages.update(dict.fromkeys(event["Stage IDs"], cost))
                cost.begun.append(event["Submission Time"])
            case "SparkListenerJobEnd":
                jobs[event["Job ID"]].ended.append(event["Completion Time"])
            case "SparkListenerTaskEnd":
                stages[event["Stage ID"]].add_task(event)
    return costs


def report(costs: dict[str, Cost], count: int) -> str:
    """The table of the models that took most, and the sum of all."""
    rows = [
        (
            *(name, f"{cost.seconds:.1f}", f"{cost.cpu:.1f}"),
            *(f"{cost.shuffled / MB:.1f}", f"{cost.spilled / MB:.1f}"),
            f"{cost.skew:.1f}",
        )
        for name, cost in sorted(costs.items(), key=lambda pair: -pair[1].cpu)
    ][:count]
    cpu = sum(cost.cpu for cost in costs.values())
    shuffled, spilled = (
        sum(getattr(cost, name) for cost in costs.values()) / MB
        for name in ("shuffled", "spilled")
    )
    rows.append(("all", "", f"{cpu:.1f}", f"{shuffled:.1f}", f"{spilled:.1f}", ""))
    rule = ("---", *("---:" for _ in HEADER[1:]))
    return "\n".join(f"| {' | '.join(row)} |" for row in (HEADER, rule, *rows))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("logs", type=Path, help="an event log, or a folder of them")
    parser.add_argument("--models", type=int, default=20, help="how many to show")
    chosen = parser.parse_args()
    logs = sorted(
        path
        for path in ([chosen.logs] if chosen.logs.is_file() else chosen.logs.rglob("*"))
        if path.is_file() and not path.name.startswith(("appstatus", "."))
    )
    if not logs:
        sys.exit(
            f"{chosen.logs} holds no event log. Start the server with --setting "
            f"spark.eventLog.enabled=true --setting spark.eventLog.dir={chosen.logs}."
        )
    try:
        costs = costs_of(logs)
    except (ValueError, KeyError, TypeError) as problem:
        sys.exit(f"{chosen.logs} is no event log that can be read ({problem!r}).")
    print(report(costs, chosen.models))


if __name__ == "__main__":
    main()
