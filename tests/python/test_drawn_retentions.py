"""Retentions and cohorts over drawn histories, held against plain Python.

Several hundred small histories that share no identifiers, with ties, repeats and
windows that end exactly, are loaded into one build with definitions that cover the
options. The seed can be set: DRAWN_RETENTIONS_SEED=7 uv run pytest -k drawn_retentions
"""

from __future__ import annotations

import csv
import json
import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from databases import DATABASE_NAME, build, own_project
from oracle import retention as oracle
from oracle.circumstances import group_at, value_at
from oracle.cohorts import as_frame, cohort_spells
from oracle.compare import assert_frames_match
from oracle.records import by_person, to_events, to_microseconds

SEED = int(os.environ.get("DRAWN_RETENTIONS_SEED", "20260126"))
PEOPLE, RETENTIONS, COHORTS = 250, 60, 30
# Summer time begins on 31 March 2024 in Berlin; 29 February is over a month before.
START = datetime(2024, 2, 26)
AS_OF = "2024-04-14T06:00:00Z"
CALENDAR = oracle.Calendar("Europe/Berlin", "sunday")
VARS = {"time_zone": "Europe/Berlin", "week_start": "sunday", "as_of": AS_OF}
NAMES = ("a", "b", "c", "d")
Row = dict[str, Any]

NAMED_EVENTS = [
    {"event": "big", "source_event_name": "b", "property_name": "amount",
     "operator": "greater_than", "property_value": "5"},
    {"event": "either", "alternative": 1, "source_event_name": "a"},
    {"event": "either", "alternative": 2, "source_event_name": "c",
     "property_name": "kind", "operator": "equals", "property_value": "x"},
]  # fmt: skip
ACTIVITIES = [{"activity": "act", "event": "a"}, {"activity": "act", "event": "big"}]


def drawn_events(draw: random.Random, person: int) -> Iterator[Row]:
    """One person's raw lines: anonymous until a log-in, sometimes in a company."""
    company = f"company {person // 3}"
    logs_in_at = draw.randrange(60)
    # Coarse times tie, repeat and end windows exactly.
    grain = draw.choice([timedelta(hours=24), timedelta(hours=6), timedelta(hours=1)])
    reach = timedelta(days=draw.choice([3, 10, 30, 46])) // grain
    for number in range(draw.choice([1, 3, 8, 20, 40])):
        steps = draw.randrange(reach)
        at = START + timedelta(hours=22) + steps * grain
        at += draw.choice([timedelta(0)] * 8 + [timedelta(microseconds=-1)])
        row: Row = {
            "event_id": f"e{person}-{draw.randrange(10**9):09d}-{number}",
            "event": draw.choice(NAMES),
            "timestamp": at.isoformat() + "Z",
            "anonymous_id": f"device {person}",
            "properties": {},
        }
        if number % 2 and (at - START).days >= logs_in_at % 30:
            row["user_id"] = f"user {person}"
        if draw.random() < 0.6:
            row["properties"]["amount"] = draw.choice([1, 2.5, 10, "7.25", "much", -3])
        if draw.random() < 0.6:
            row["properties"]["kind"] = draw.choice(["x", "y", "", "(all)"])
        if draw.random() < 0.2:
            row["user_properties"] = {"plan": draw.choice(["free", "pro", None])}
        if draw.random() < 0.1:
            row["type"] = "identify"
        if draw.random() < 0.15:
            row["groups"] = {"company": draw.choice([company, f"{company} b"])}
        yield row


def drawn_rule(draw: random.Random, cohort: str, number: int) -> Row:
    """One rule, of any kind."""
    row: Row = {
        "cohort": cohort,
        "alternative": draw.choice(["", "", 2]),
        "rule": f"rule {number}",
        "event": draw.choice([*NAMES, "big", "act", "any", "session_started"]),
        "comparison": draw.choice(["at_least"] * 3 + ["at_most", "exactly", ""]),
        "count": draw.choice([0, 1, 2, 3, ""]),
        "within_days": draw.choice(["", 1, 2, 7, 0.25, 14]),
        "is_negated": draw.choice(["", "", "false", "true"]),
    }
    kind = draw.choice(["count", "count", "first", "last", "order", "sum", "property"])
    if kind in ("first", "last", "property"):
        row["occurrence"] = kind if kind != "property" else ""
        row["property_name"], row["property_value"] = draw.choice(
            [("kind", "x"), ("user.plan", "pro"), ("session.event_count", "1")]
        )
        row["operator"] = draw.choice(["", "not_equals"])
    if kind == "order":
        row["then_event"] = draw.choice([*NAMES, "big", row["event"]])
        row["then_within_days"] = draw.choice(["", 1, 0.25, 3])
    if kind == "sum":
        row["value_property"] = "amount"
        row["count"] = draw.choice([0, 2.5, 10, 17.25])
    return row


def drawn_retention(draw: random.Random, name: str, cohorts: Sequence[str]) -> Row:
    """One retention, each option drawn apart."""
    cohort = draw.choice(cohorts)
    is_of_groups = draw.random() < 0.2
    day = draw.randrange(20)
    return {
        "retention": name,
        "unit": "company" if is_of_groups else draw.choice(["", "person"]),
        "cohort_event": draw.choice(["", "a", "b", "big", "act", "session_started"]),
        "return_event": draw.choice(["", "a", "b", "big", "act", "any", "*"]),
        "cohort_rule": draw.choice(["first_time", "recurring", "recurring"]),
        "return_rule": draw.choice(["on", "on", "on_or_after", "on_or_before"]),
        "period": draw.choice(["day", "day", "week", "month"]),
        "clock": draw.choice(["calendar", "rolling_24h"]),
        "minimum_returns": draw.choice(["", 1, 2, 3]),
        "period_count": draw.choice([1, 3, 8, ""]),
        "breakdown_property": draw.choice(
            ["", "kind", "user.plan", "session.event_count", f"cohort.{cohort}"]
        ),
        "value_property": draw.choice(["", "amount"]),
        "cohort_from": draw.choice(["", f"2024-03-{day + 1:02d}T16:00:00Z"]),
        "cohort_until": draw.choice(["", "", "2024-03-27T10:00:00Z"]),
        "cohort": "" if is_of_groups else draw.choice(["", "", cohort]),
    }


def drawn_brackets(draw: random.Random, retention: str) -> list[Row]:
    """Brackets that may overlap, leave gaps and hold period 0."""
    spans = [(draw.randrange(5), draw.choice(["", 0, 1, 4])) for _ in range(3)]
    return [
        {
            "retention": retention,
            "bracket": number,
            "first_period": first,
            "last_period": length if length == "" else first + length,
        }
        for number, (first, length) in enumerate(spans, start=1)
    ]


@dataclass(frozen=True)
class Drawn:
    """A build of drawn events, and what the oracle reads of it."""

    database: Path
    definitions: dict[str, pd.DataFrame]
    events: pd.DataFrame
    spells: dict[tuple[str, str], list[tuple[int, int | None]]]
    world: oracle.World

    def table(self, query: str) -> pd.DataFrame:
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return connection.sql(query).df()


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Drawn:
    folder = tmp_path_factory.mktemp("drawn")
    draw = random.Random(SEED)
    lines = [
        json.dumps(row)
        for person in range(PEOPLE)
        for row in drawn_events(draw, person)
    ]
    (folder / "events.jsonl").write_text("\n".join(lines) + "\n")
    cohorts = [f"cohort {number}" for number in range(COHORTS)]
    rules = [
        drawn_rule(draw, cohort, number)
        for cohort in cohorts
        for number in range(draw.choice([1, 1, 2, 3]))
    ]
    names = [f"retention {number}" for number in range(RETENTIONS)]
    definitions = {
        "named_events": NAMED_EVENTS,
        "activities": ACTIVITIES,
        "cohorts": [{"cohort": cohort} for cohort in cohorts],
        "cohort_rules": rules,
        "retentions": [drawn_retention(draw, name, cohorts) for name in names],
        "retention_brackets": [
            row for name in names[::5] for row in drawn_brackets(draw, name)
        ],
    }
    project = own_project(folder)
    for file in (project / "seeds" / "definitions").glob("*.csv"):
        write_rows(file, definitions.get(file.stem, []))
    database = folder / DATABASE_NAME
    build(
        *("--select", "+path:models/marts/retention", "+property_values", "+events"),
        *("--vars", json.dumps(VARS)),
        database=database,
        events_path=folder / "events.jsonl",
        project=project,
    )
    frames = {
        name: pd.DataFrame(rows, dtype=object).fillna("").astype(str)
        for name, rows in definitions.items()
    }
    with duckdb.connect(str(database), read_only=True) as connection:
        events = connection.sql("from main.events").df()
        sessions = connection.sql("from main.sessions").df().add_prefix("session.")
    events = events.merge(
        sessions, how="left", left_on="session_id", right_on="session.session_id"
    )
    # A count is whole also where a row without a session makes pandas use doubles.
    events["session.event_count"] = events["session.event_count"].astype("Int64")
    common = (frames["named_events"], frames["activities"])
    end = to_microseconds(AS_OF)
    spells = cohort_spells(events, frames["cohort_rules"], *common, as_of=end)
    world = oracle.world_of(events, *common, CALENDAR, end, spells)
    return Drawn(database, frames, events, spells, world)


def write_rows(file: Path, rows: Sequence[Row]) -> None:
    """A definition file of these rows alone, with the header that it has."""
    header = file.read_text().splitlines()[0].split(",")
    with file.open("w", newline="") as opened:
        writer = csv.DictWriter(opened, header, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_cohort_members_match(drawn: Drawn) -> None:
    table = drawn.table(
        "select cohort, person_id, epoch_us(entered_at) as entered_at,"
        " epoch_us(exited_at) as exited_at from cohort_members"
    ).astype(object)
    expected = as_frame(drawn.spells)
    assert len(expected) > PEOPLE
    assert expected["exited_at"].notna().sum() > PEOPLE
    assert_frames_match(table, expected, ["cohort", "person_id", "entered_at"])


def test_retention_cohorts_and_values_match(drawn: Drawn) -> None:
    cohorts, values = oracle.cohorts_and_values(
        drawn.world,
        drawn.definitions["retentions"],
        drawn.definitions["retention_brackets"],
    )
    key = ["retention", "cohort_start", "breakdown_value", "period_number"]
    assert_frames_match(drawn.table("from retention_cohorts"), cohorts, key)
    assert_frames_match(drawn.table("from retention_values"), values, key)
    curves = oracle.retention_curves(cohorts)
    assert_frames_match(
        drawn.table("from retention_curves"),
        curves,
        ["retention", "breakdown_value", "period_number"],
    )
    assert cohorts["retention"].nunique() > RETENTIONS * 0.9
    assert (
        cohorts["retained_count"].between(1, cohorts["cohort_size"] - 1)
    ).sum() > 200


def test_stickiness_matches(drawn: Drawn) -> None:
    expected = oracle.retention_stickiness(drawn.world, drawn.definitions["retentions"])
    table = drawn.table("from retention_stickiness")
    key = ["retention", "period_type", "period_start", "active_days"]
    assert_frames_match(table, expected, key)


def test_usage_intervals_match(drawn: Drawn) -> None:
    usage, intervals = oracle.retention_usage(
        drawn.world, drawn.definitions["retentions"]
    )
    assert_frames_match(drawn.table("from retention_usage"), usage, ["retention"])
    table = drawn.table("from retention_usage_intervals")
    assert_frames_match(table, intervals, ["retention", "interval_days"])


def test_properties_of_user_session_and_cohort_match(drawn: Drawn) -> None:
    table = drawn.table(
        "select event_id, property_name, property_value"
        " from intermediate.property_values"
        " inner join staging.staged_events using (event_key)"
        " where property_name similar to '(user|session|cohort)[.].*'"
    )
    people = by_person(to_events(drawn.events))
    owners = {each.event_id: each for own in people.values() for each in own}
    expected = [
        {
            "event_id": row["event_id"],
            "property_name": row["property_name"],
            "property_value": value_at(
                owners[row["event_id"]],
                row["property_name"],
                people[owners[row["event_id"]].person_id or ""],
                drawn.spells,
            ),
        }
        for row in table.to_dict("records")
    ]
    assert table["property_name"].nunique() > 5
    assert_frames_match(table, pd.DataFrame(expected), ["event_id", "property_name"])


def test_groups_of_events_match(drawn: Drawn) -> None:
    table = drawn.table(
        "select event_id, group_id from intermediate.event_groups"
        " inner join staging.staged_events using (event_key)"
        " where group_type = 'company'"
    )
    expected = [
        {"event_id": each.event_id, "group_id": group}
        for own_events in by_person(to_events(drawn.events)).values()
        for each in own_events
        for group in [group_at(each, "company", own_events)]
        if group is not None
    ]
    assert_frames_match(table, pd.DataFrame(expected), ["event_id"])
