"""Hold funnels and retentions against ClickHouse, and measure both in the same run.

Makes events in DuckDB as the models before the marts hand them on, follows ten funnels
of five steps and ten retentions through them with dbt, and asks chdb (ClickHouse in
Python) the same of its own table with `windowFunnel` and `retention`: once sorted by
time, as events arrive, and once by person and time, as suits these questions best.
Prints the seconds of the models that answer them and of all models of the subject,
those of ClickHouse, their ratio and the peak memory; exits with 1 where a count
differs.

Examples:
    uv run --group chdb python scripts/compare_with_chdb.py
    uv run --group chdb python scripts/compare_with_chdb.py --events 10000000
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

try:
    from chdb.session import Session
except ModuleNotFoundError as error:
    raise SystemExit(
        "chdb is not installed: run this as"
        " uv run --group chdb python scripts/compare_with_chdb.py"
    ) from error

PROJECT = Path(__file__).parents[1]
EVENTS_PER_PERSON = 100
WINDOW_DAYS = 7
WEEKS = 4
FIRST_MONDAY = "2026-01-05"
# Of a thousand events so many, as of a shop: many are seen, few are bought.
SHARES = {
    "page_viewed": 250,
    "product_viewed": 200,
    "product_added": 100,
    "search_done": 70,
    "checkout_started": 60,
    "signed_up": 60,
    "order_completed": 40,
    "help_opened": 30,
    "coupon_applied": 30,
    "review_read": 30,
    "noise": 130,
}
FOLLOWED = list(SHARES)[:10]
# Five different events each: the n-th funnel begins with the n-th event and takes every
# first, second or third event from there on.
FUNNELS = {
    f"funnel_{first}": [
        FOLLOWED[(first + place * (1 + first % 3)) % 10] for place in range(5)
    ]
    for first in range(10)
}
RETENTIONS = {
    f"retention_{first}": (FOLLOWED[first], FOLLOWED[(first + 3) % 10])
    for first in range(10)
}
# ClickHouse's tables, by what they are sorted by.
SORTED_BY = {"time": "occurred_at", "person": "(person_id, occurred_at)"}
Counts = dict[tuple[str, int], int]


@dataclass(frozen=True)
class Answer:
    """The counts of one kind of question, and how long they took."""

    counts: Counts
    seconds: float


def definition_files() -> dict[str, list[dict[str, object]]]:
    """Return the rows of the definitions, by file."""
    funnels = [
        {"funnel": name, "window_amount": WINDOW_DAYS, "window_unit": "day"}
        for name in FUNNELS
    ]
    steps = [
        {"funnel": name, "step": step, "event": event}
        for name, events in FUNNELS.items()
        for step, event in enumerate(events, 1)
    ]
    retentions = [
        {
            "retention": name,
            "cohort_event": cohort_event,
            "return_event": return_event,
            "cohort_rule": "recurring",
            "period": "week",
            "period_count": WEEKS,
            "cohort_from": FIRST_MONDAY,
            "cohort_until": "2026-01-12",
        }
        for name, (cohort_event, return_event) in RETENTIONS.items()
    ]
    return {"funnels": funnels, "funnel_steps": steps, "retentions": retentions}


def make_project(folder: Path) -> Path:
    """Return a copy of the project with those definitions and no others."""
    project = folder / "project"
    shutil.rmtree(project, ignore_errors=True)
    (project / "tests").mkdir(parents=True)
    for name in ("dbt_project.yml", "profiles.yml", "selectors.yml", "scripts"):
        (project / name).symlink_to(PROJECT / name)
    for name in ("models", "macros", "tests/generic"):
        (project / name).symlink_to(PROJECT / name)
    shutil.copytree(PROJECT / "seeds", project / "seeds")
    given = definition_files()
    for file in (project / "seeds" / "definitions").glob("*.csv"):
        rows = given.get(file.stem)
        header = file.read_text().splitlines()[0]
        with file.open("w", newline="") as output:
            if rows is None:
                output.write(header + "\n")
                continue
            writer = csv.DictWriter(output, [*rows[0], "description"], restval="")
            writer.writeheader()
            writer.writerows(rows)
    return project


def dbt(project: Path, database: Path, *arguments: str) -> float:
    """Run dbt; return its peak memory in MB."""
    environment = {
        **os.environ,
        "THROUGHLINE_DATABASE_PATH": str(database),
        "DBT_TARGET_PATH": str(database.parent / "target"),
        "DBT_LOG_PATH": str(database.parent / "logs"),
        "DBT_PROFILES_DIR": str(project),
        "THROUGHLINE_PUBLISHED_PATH": "none",
    }
    command = [str(Path(sys.executable).with_name("dbt")), "--no-use-colors"]
    process = subprocess.Popen(
        [*command, *arguments],
        cwd=project,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"dbt failed; what it printed last:\n{output[-3000:]}")
    return usage.ru_maxrss / 1024


def make_events(database: Path, event_count: int) -> None:
    """Fill the tables that the marts read."""
    branches, below = [], 0
    for name, share in SHARES.items():
        below += share
        branches.append(f"when draw < {below} then '{name}'")
    people = max(1, event_count // EVENTS_PER_PERSON)
    days = 7 * (WEEKS + 3)
    with duckdb.connect(str(database)) as connection:
        for statement in f"""
            create schema if not exists intermediate;
            create schema if not exists staging;
            create or replace table intermediate.session_events as
            with drawn as (
                select
                    hash(number, 1) as event_key,
                    md5(cast(hash(number, 2) % {people} as varchar)) as person_id,
                    hash(number, 3) % 1000 as draw,
                    timestamp '{FIRST_MONDAY}' + to_microseconds(
                        cast(hash(number, 4) % ({days} * 86400000000) as bigint)
                    ) as occurred_at
                from range({event_count}) as numbers(number)
            )
            select
                event_key, case {" ".join(branches)} end as event_name, person_id,
                cast(null as varchar) as session_id, occurred_at,
                true as is_interaction,
                cast(null as varchar) as channel, cast(null as bigint) as event_index,
                row_number() over (
                    partition by person_id order by occurred_at, event_key
                ) as person_position,
                rank() over (partition by person_id order by occurred_at)
                    as tied_position
            from drawn;
            create or replace table intermediate.matched_events as
            select
                event_name as event, event_key as match_key, event_key, person_id,
                session_id, occurred_at, person_position, tied_position, is_interaction
            from intermediate.session_events
            where event_name <> 'noise';
            create or replace view staging.staged_events as
            select
                event_key, event_name, cast(event_key as varchar) as event_id,
                'throughline' as collector, occurred_at, is_interaction
            from intermediate.session_events;
            create or replace table intermediate.data_bounds as
            select
                min(occurred_at) as first_event_at, max(occurred_at) as last_event_at,
                max(occurred_at) as as_of
            from intermediate.session_events;
            create or replace table main.people as
            select person_id, false as is_first_seen_in_warmup
            from intermediate.session_events
            group by person_id;
            create or replace table intermediate.property_values (
                event_key ubigint, property_name varchar, property_value varchar
            );
            create or replace table definitions.event_property_values (
                event_key ubigint, property_name varchar, property_value varchar
            );
            create or replace table intermediate.event_groups (
                event_key ubigint, person_id varchar, group_type varchar,
                group_id varchar
            );
            create or replace table main.cohort_members (
                cohort varchar, person_id varchar, entered_at timestamp,
                exited_at timestamp
            )
        """.split(";"):
            connection.execute(statement)


def model_seconds(database: Path) -> float:
    """Return the seconds from the first model's start to the last one's end."""
    results = json.loads((database.parent / "target" / "run_results.json").read_text())
    models = [
        result
        for result in results["results"]
        if result["unique_id"].startswith("model.")
    ]
    for result in sorted(models, key=lambda model: -model["execution_time"])[:5]:
        name = result["unique_id"].split(".")[-1]
        print(f"    {name} {result['execution_time']:.1f} s")
    moments = [
        datetime.fromisoformat(timing[end])
        for result in models
        for timing in result["timing"]
        for end in ("started_at", "completed_at")
    ]
    return (max(moments) - min(moments)).total_seconds()


def answer_of_models(
    project: Path, database: Path, subject: str, mart: str, query: str
) -> tuple[Answer, float, float]:
    """Return a mart's answer, the seconds of its whole subject, the peak MB."""
    models = f"path:models/marts/{subject}"
    peak = dbt(project, database, "run", "--select", f"+{mart},{models}")
    seconds = model_seconds(database)
    peak = max(
        peak,
        dbt(project, database, "run", "--select", models, "--exclude", f"+{mart}"),
    )
    seconds_of_all = seconds + model_seconds(database)
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = connection.execute(query).fetchall()
    counts = {(name, number): count for name, number, count in rows if count}
    return Answer(counts, seconds), seconds_of_all, peak


def load_into_clickhouse(
    session: Session, database: Path, folder: Path, order: str
) -> None:
    """Fill ClickHouse's own table, sorted as said."""
    file = folder / "events.parquet"
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute(
            "copy (select event_name, person_id, occurred_at"
            f" from intermediate.session_events) to '{file}'"
        )
    session.query("create database if not exists shop engine = Atomic")
    session.query("drop table if exists shop.events")
    session.query(
        "create table shop.events (event_name LowCardinality(String), person_id String,"
        f" occurred_at UInt64) engine = MergeTree order by {order}"
    )
    session.query(
        "insert into shop.events select event_name, person_id,"
        f" toUnixTimestamp64Micro(occurred_at) from file('{file}')"
    )
    file.unlink()


def rows_of(session: Session, query: str) -> list[list[int]]:
    """Return the rows of whole numbers that ClickHouse answers with."""
    text = str(session.query(query, "CSV"))
    return [[int(cell) for cell in line.split(",")] for line in text.splitlines()]


def clickhouse_funnels(session: Session) -> Answer:
    """Ask ClickHouse how many people reached each step of each funnel."""
    counts: Counts = {}
    begun = time.perf_counter()
    window = WINDOW_DAYS * 86_400_000_000
    for name, events in FUNNELS.items():
        conditions = ", ".join(f"event_name = '{event}'" for event in events)
        names = ", ".join(f"'{event}'" for event in events)
        levels = rows_of(
            session,
            "select level, count() from (select person_id,"
            f" windowFunnel({window})(occurred_at, {conditions}) as level"
            f" from shop.events where event_name in ({names}) group by person_id)"
            " group by level",
        )
        for step in range(1, len(events) + 1):
            count = sum(people for level, people in levels if level >= step)
            if count:
                counts[name, step] = count
    return Answer(counts, time.perf_counter() - begun)


def clickhouse_retentions(session: Session) -> Answer:
    """Ask ClickHouse how many of the first week's people came back in each week."""
    counts: Counts = {}
    begun = time.perf_counter()
    monday = f"toUnixTimestamp(toDateTime('{FIRST_MONDAY}', 'UTC')) * 1000000"
    week = "intDiv(occurred_at - " + monday + ", 604800000000)"
    for name, (cohort_event, return_event) in RETENTIONS.items():
        conditions = [f"{week} = 0 and event_name = '{cohort_event}'"] + [
            f"{week} = {number} and event_name = '{return_event}'"
            for number in range(1, WEEKS + 1)
        ]
        sums = ", ".join(f"sum(r[{number}])" for number in range(1, WEEKS + 2))
        [row] = rows_of(
            session,
            f"select {sums} from (select retention({', '.join(conditions)}) as r"
            f" from shop.events where event_name in ('{cohort_event}',"
            f" '{return_event}') group by person_id)",
        )
        counts |= {(name, number): count for number, count in enumerate(row) if count}
    return Answer(counts, time.perf_counter() - begun)


def report(subject: str, sorting: str, own: Answer, other: Answer) -> bool:
    """Print both times and what differs; return whether nothing does."""
    print(
        f"ten definitions of {subject}: models {own.seconds:.1f} s,"
        f" chdb sorted by {sorting} {other.seconds:.1f} s,"
        f" {own.seconds / other.seconds:.1f} times"
    )
    differing = sorted(
        key
        for key in own.counts.keys() | other.counts.keys()
        if own.counts.get(key) != other.counts.get(key)
    )
    for key in differing[:10]:
        print(f"  {key}: {own.counts.get(key)}, chdb {other.counts.get(key)}")
    same = len(own.counts.keys() | other.counts.keys()) - len(differing)
    print(f"  {same} counts are the same, {len(differing)} differ")
    return not differing


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=PROJECT / "target" / "chdb")
    options = parser.parse_args()
    folder = options.folder.resolve() / f"events_{options.events}"
    folder.mkdir(parents=True, exist_ok=True)
    database = folder / "throughline.duckdb"
    database.unlink(missing_ok=True)
    project = make_project(folder)
    print("Reading the definitions ...")
    dbt(project, database, "build", "--select", "+funnel_step_pairs", "+event_parts")
    print(f"Making {options.events:,} events ...")
    make_events(database, options.events)
    subjects = {
        "funnels": (
            "funnel_conversion",
            "select funnel, step, people_count from main.funnel_conversion"
            " where is_total",
            clickhouse_funnels,
        ),
        "retention": (
            "retention_cohorts",
            "select retention, period_number, retained_count"
            " from main.retention_cohorts where is_total",
            clickhouse_retentions,
        ),
    }
    answers = {}
    for subject, (mart, query, _) in subjects.items():
        print(f"Following the {subject} ...")
        answers[subject], seconds_of_all, peak = answer_of_models(
            project, database, subject, mart, query
        )
        print(f"    {seconds_of_all:.1f} s in all; peak {peak:,.0f} MB")
    session = Session(str(folder / "clickhouse"))
    is_same = []
    for sorting, order in SORTED_BY.items():
        print("Asking ClickHouse ...")
        load_into_clickhouse(session, database, folder, order)
        is_same += [
            report(subject, sorting, answers[subject], ask(session))
            for subject, (_, _, ask) in subjects.items()
        ]
    if not all(is_same):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
