"""Measure a whole build against the bare load of the same files in the same run.

Generates events (once; they are kept), then, a few times in turn, loads them with one
`create table as select * from read_json(...)` with typed columns, and builds the whole
project, marts and tests, from nothing. Prints both times, their ratio and the build's
peak memory as medians. Timings of single runs are noisy: quote the ratio.

With --increment builds all but the newest hundredth of the events, then with it, then
once more with nothing new, and prints what the second and third build cost of the
first, as a whole and in the models' own time.

With --identifiers finds the people of so many made-up identifiers under the policy that
joins whoever shares a device: pairs, chains of thousands, hubs of a hundred thousand.

With --clickhouse follows ten funnels and ten retentions and asks ClickHouse the same
(compare_with_chdb.py; needs the dependency group chdb).

Examples:
    uv run python scripts/benchmark.py
    uv run python scripts/benchmark.py --identifiers 20000000
    uv run python scripts/benchmark.py --increment
    uv run --group chdb python scripts/benchmark.py --clickhouse --events 10000000
    uv run python scripts/benchmark.py --events 10000000 --runs 1 --folder build/bench
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

PROJECT = Path(__file__).parents[1]
BARE_COLUMNS = {
    **dict.fromkeys(
        (
            *("type", "event", "event_name", "name", "event_id", "messageId"),
            *("user_id", "userId", "anonymous_id", "anonymousId", "device_id"),
            *("session_id", "previous_id", "previousId", "groupId", "timestamp"),
            *("received_at", "channel"),
        ),
        "VARCHAR",
    ),
    **dict.fromkeys(("originalTimestamp", "sentAt", "receivedAt"), "TIMESTAMPTZ"),
    **dict.fromkeys(("properties", "traits", "user_properties", "groups"), "JSON"),
    "context": "JSON",
}


@dataclass(frozen=True)
class Run:
    """One pair of measurements, in seconds and MB."""

    bare_seconds: float
    build_seconds: float
    peak_megabytes: float

    @property
    def ratio(self) -> float:
        return self.build_seconds / self.bare_seconds


def bare_load_seconds(files: list[Path], database: Path) -> float:
    """Return how long one typed `create table as` of the readable files takes."""
    database.unlink(missing_ok=True)
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in BARE_COLUMNS.items())
    names = [str(file) for file in files]
    begun = time.perf_counter()
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "create table events as select * from read_json(?, format = "
            f"'newline_delimited', ignore_errors = true, columns = {{{columns}}})",
            [names],
        ).fetchall()
    return time.perf_counter() - begun


def build_seconds(events: Path, database: Path, *arguments: str) -> tuple[float, float]:
    """Return how long `dbt build` (or what else) takes, and its peak memory in MB."""
    environment = {
        **os.environ,
        "THROUGHLINE_PUBLISHED_PATH": "none",
        "THROUGHLINE_EVENTS_PATH": str(events),
        "THROUGHLINE_DATABASE_PATH": str(database),
        "DBT_TARGET_PATH": str(database.parent / "target"),
        "DBT_LOG_PATH": str(database.parent / "logs"),
    }
    begun = time.perf_counter()
    process = subprocess.Popen(
        [str(Path(sys.executable).with_name("dbt")), "--no-use-colors"]
        + list(arguments or ["build"]),
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    if status != 0:
        raise SystemExit(f"The build failed; what it printed last:\n{output[-3000:]}")
    print_slowest(output)
    return seconds, usage.ru_maxrss / 1024


def print_slowest(output: str, count: int = 8) -> None:
    """Print the slowest nodes of a build's log."""
    found = re.findall(r"OK \w+ (?:sql )?\w+ (?:model )?(\S+) .*in ([\d.]+)s\]", output)
    slowest = sorted(found, key=lambda node: -float(node[1]))[:count]
    print("  slowest:", ", ".join(f"{name} {seconds}" for name, seconds in slowest))


def generate(events: int, folder: Path) -> list[Path]:
    """Return the event files of a folder, made first where it has none."""
    if not (folder / "events").exists():
        script = PROJECT / "scripts" / "generate_events.py"
        subprocess.run(
            [sys.executable, str(script), "--events", str(events)]
            + ["--output", str(folder), "--compression", "plain"],
            check=True,
        )
    files = sorted((folder / "events").iterdir())
    # The special files (arrays, torn archives) are nothing that read_json could read.
    return [f for f in files if f.name.endswith(("throughline.jsonl", "segment.jsonl"))]


def model_seconds(database: Path) -> float:
    """Return the sum of the times that the models of the last build took."""
    results = json.loads((database.parent / "target" / "run_results.json").read_text())
    return sum(
        result["execution_time"]
        for result in results["results"]
        if result["unique_id"].startswith("model.")
    )


def hold_back(files: list[Path]) -> list[Path]:
    """Return the newest of the files, a hundredth of all bytes or little more."""
    wanted = sum(file.stat().st_size for file in files) / 100
    held: list[Path] = []
    for file in reversed(files):
        if wanted > 0:
            held.append(file)
        wanted -= file.stat().st_size
    return held


def cut(file: Path, share: float) -> tuple[bytes, bytes]:
    """Return the lines of a file in two parts, the second a share of its bytes."""
    content = file.read_bytes()
    place = content.rfind(b"\n", 0, int(len(content) * (1 - share))) + 1
    return content[:place], content[place:]


def measure_increment(files: list[Path], folder: Path) -> None:
    """Print what a hundredth more, and nothing more, cost of a build from nothing."""
    held, delivered = hold_back(files), folder / "delivered"
    shutil.rmtree(delivered, ignore_errors=True)
    delivered.mkdir()
    for file in set(files) - set(held):
        os.link(file, delivered / file.name)
    sizes = [sum(file.stat().st_size for file in group) for group in (files, held)]
    rests = {}
    for file in held:
        first, rests[file.stem] = cut(file, sizes[0] / 100 / sizes[1])
        (delivered / f"{file.stem}.first.jsonl").write_bytes(first)
    database = folder / "build.duckdb"
    database.unlink(missing_ok=True)
    whole, _ = build_seconds(delivered, database)
    whole_models = model_seconds(database)
    for stem, rest in rests.items():
        (delivered / f"{stem}.rest.jsonl").write_bytes(rest)
    for name in ("a hundredth more", "nothing more"):
        seconds, _ = build_seconds(delivered, database)
        models = model_seconds(database)
        print(
            f"{name}: build {seconds:.1f} s of {whole:.1f} ({seconds / whole:.1%}), "
            f"models {models:.1f} s of {whole_models:.1f} ({models / whole_models:.1%})"
        )


IDENTIFIERS = """
    create schema intermediate;
    create table intermediate.merged_users (node varchar, component varchar);
    create table intermediate.device_users as
    -- Of a hundred devices one is in a chain of 5,000 users, one at a hub of 100,000.
    select
        concat('device ', number) as anonymous_id,
        concat('user ', case number % 100
            when 0 then number // 100
            when 1 then number // 10000000
            else number
        end) as user_id,
        timestamp '2026-01-01' as first_logged_in_at
    from range($devices) as numbers (number)
    union all
    select
        concat('device ', number), concat('user ', number // 100 + 1),
        timestamp '2026-01-01'
    from range($devices) as numbers (number)
    where number % 100 = 0 and number // 100 % 5000 <> 4999
"""


def measure_identifiers(count: int, folder: Path) -> None:
    """Print how long it takes to find who is one person, and the peak memory."""
    database = folder / "build.duckdb"
    database.unlink(missing_ok=True)
    with duckdb.connect(str(database)) as connection:
        for statement in IDENTIFIERS.split(";"):
            values = {"devices": count // 2} if "$devices" in statement else None
            connection.execute(statement, values)
    arguments = ("run", "--select", "linked_identifiers", "--vars")
    policy = "{identity_policy: connected_components}"
    seconds, peak = build_seconds(folder, database, *arguments, policy)
    with duckdb.connect(str(database), read_only=True) as connection:
        nodes, people, largest = connection.execute(
            "select sum(size), count(*), max(size) from (select count(*) as size"
            " from intermediate.linked_identifiers group by component)"
        ).fetchone()
    print(
        f"{nodes:,} identifiers, {people:,} people, the largest of {largest:,}:"
        f" models {model_seconds(database):.1f} s, dbt {seconds:.1f} s,"
        f" peak {peak:,.0f} MB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--identifiers", type=int, default=0)
    parser.add_argument("--increment", action="store_true")
    parser.add_argument("--clickhouse", action="store_true")
    parser.add_argument("--folder", type=Path, default=PROJECT / "target" / "benchmark")
    options = parser.parse_args()
    if options.events < 1 or options.runs < 1:
        parser.error("--events and --runs must be at least 1")
    if options.clickhouse:
        script = [sys.executable, str(PROJECT / "scripts" / "compare_with_chdb.py")]
        place = ("--folder", str(options.folder.resolve() / "clickhouse"))
        number = ("--events", str(options.events))
        raise SystemExit(
            subprocess.run([*script, *place, *number], check=False).returncode
        )
    folder = options.folder.resolve() / f"events_{options.events}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    if options.identifiers:
        folder.mkdir(parents=True, exist_ok=True)
        measure_identifiers(options.identifiers, folder)
        return
    files = generate(options.events, folder)
    megabytes = sum(file.stat().st_size for file in files) / 1e6
    print(f"{options.events:,} events, {len(files)} files, {megabytes:,.0f} MB")
    if options.increment:
        measure_increment(files, folder)
        return
    runs = []
    for _ in range(options.runs):
        (folder / "build.duckdb").unlink(missing_ok=True)
        bare = bare_load_seconds(files, folder / "bare.duckdb")
        seconds, peak = build_seconds(folder / "events", folder / "build.duckdb")
        runs.append(Run(bare, seconds, peak))
        print(f"  bare {bare:.2f} s, build {seconds:.1f} s, {runs[-1].ratio:.1f} times")
    print(
        f"median: bare {statistics.median(run.bare_seconds for run in runs):.2f} s, "
        f"build {statistics.median(run.build_seconds for run in runs):.1f} s, "
        f"{statistics.median(run.ratio for run in runs):.1f} times, "
        f"peak {statistics.median(run.peak_megabytes for run in runs):,.0f} MB"
    )


if __name__ == "__main__":
    main()
