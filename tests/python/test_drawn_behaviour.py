"""Paths and features of drawn people, held against the oracle row by row.

One build holds them all: hundreds of path reports with drawn options, each of a few
hours and so of a few people of its own, and dozens of features with drawn options of
everybody. Times lie on a coarse grid, so that moments tie, and sessions and windows end
exactly.
"""

from __future__ import annotations

import csv
import json
import os
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from databases import DATABASE_NAME, own_project, run_dbt
from oracle import feature_adoption as feature_oracle
from oracle import paths as path_oracle
from oracle.compare import assert_frames_match

TIME_ZONE = "America/New_York"
WARMUP_DAYS = 3
PEOPLE = 450
REPORTS = 160
REPORT_HOURS = 9
FEATURES = 40
FIRST_MOMENT = datetime(2026, 1, 30, tzinfo=UTC)
NAMES = ["Search Done", "Item Added", "Order Paid", "Help Opened"]
PAGES = ["/", "/a", "/a/", "/a/b", "/a/b/c", "/c%d", "/c_d", "/x.y", "/xzy"]
ITEMS = {
    "page_path": ["/", "/a", "/a/b", "/c%d", "grouped"],
    "event_name": ["page_viewed", "Search Done", "item_added", "order_paid"],
}
PATTERNS = {
    "page_path": ["/a/*", "/c%*", "*y", "/x.y", "/a/", "*", "/*/b", "/c_d"],
    "event_name": ["Order *", "*added", "Search Done", "page_viewed", "h*p*d"],
}
Row = dict[str, Any]
Tables = dict[str, list[Row]]


def drawn_events(source: random.Random) -> list[Row]:
    """Everybody's lines in the project's own format."""
    lines: list[Row] = []
    for person in range(PEOPLE):
        begin = source.randrange(REPORTS)
        loyalty = source.random()
        for _ in range(source.randint(1, 6)):
            slot = begin + int(source.expovariate(1.0) * (4 + 120 * loyalty**2))
            if slot >= REPORTS:
                continue
            at = FIRST_MOMENT + timedelta(hours=REPORT_HOURS * slot)
            at += timedelta(minutes=10 * source.randrange(6 * REPORT_HOURS))
            for _ in range(source.randint(1, 9)):
                lines.append(drawn_event(source, f"u{person}", loyalty, at, len(lines)))
                at += timedelta(minutes=source.choice([0, 0, 1, 10, 30, 31]))
    source.shuffle(lines)
    return lines


def drawn_event(
    source: random.Random, user_id: str, loyalty: float, at: datetime, number: int
) -> Row:
    line: Row = {
        "event_id": f"e{source.randrange(10**9):09}-{number}",
        "user_id": user_id,
        "timestamp": at.isoformat(),
        "properties": {"country": source.choice(["DE", "FR", "", "(all)"])},
    }
    kind = source.random()
    if kind < 0.4:
        line |= {"type": "page", "event": "Page Viewed"}
        line["properties"] |= {"path": source.choice(PAGES)}
    elif kind < 0.5:
        line |= {"event": "Mail Sent"}
    elif kind < 0.58:
        traits = {"plan": source.choice(["free", "pro", None])}
        line |= {"type": "identify", "user_properties": traits}
    else:
        is_usual = source.random() < 0.7 * loyalty
        line |= {"event": "Order Paid" if is_usual else source.choice(NAMES)}
        if source.random() < 0.7:
            line["properties"] |= {"tool": source.choice(["saw", "axe", ""])}
    return line


def drawn_definitions(source: random.Random) -> Tables:
    """Options of every kind, many of them empty."""
    tables: Tables = {
        "path_reports": [],
        "path_exclusions": [],
        "path_groupings": [],
        "features": [],
        "cohorts": [{"cohort": "searchers"}, {"cohort": "payers"}],
        "cohort_rules": [
            {"cohort": "searchers", "rule": "r", "event": "Search Done", "count": "2"},
            {"cohort": "payers", "rule": "r", "event": "Order Paid", "count": "1"},
        ],
        "named_events": [
            {
                "event": "tooled",
                "source_event_name": "*",
                "property_name": "tool",
                "operator": "is_set",
            }
        ],
        "non_interaction_events": [{"event": "Mail Sent"}],
    }
    for number in range(REPORTS):
        begin = FIRST_MOMENT + timedelta(hours=REPORT_HOURS * number)
        item = source.choice(["page_path", "event_name"])
        report = f"r{number}"
        tables["path_reports"].append(
            {
                "path_report": report,
                "unit": source.choice(["", "session", "person"]),
                "item": item,
                "start_item": source.choice([*ITEMS[item], *[""] * 5]),
                "end_item": source.choice([*ITEMS[item], *[""] * 5]),
                "step_limit": source.choice(["", "", "1", "2", "3", "20"]),
                "edge_limit": source.choice(["", "1", "2", "4"]),
                "sequence_limit": source.choice(["", "", "1", "3"]),
                "collapse_repeats": source.choice(["", "true", "false"]),
                "path_from": begin.isoformat(),
                "path_until": (begin + timedelta(hours=REPORT_HOURS)).isoformat(),
                "cohort": source.choice(["", "", "", "searchers"]),
            }
        )
        patterns = source.sample(PATTERNS[item], 4)
        tables["path_groupings"] += [
            {"path_report": report, "pattern": pattern, "item": group}
            for pattern, group in zip(
                patterns[: source.choice([0, 0, 1, 2])],
                source.sample(["grouped", "/a/", "Order Paid"], 2),
                strict=False,
            )
        ]
        tables["path_exclusions"] += [
            {"path_report": report, "item": pattern}
            for pattern in patterns[3:]
            if source.random() < 0.3 and pattern != "*"
        ]
    for number in range(FEATURES):
        tables["features"].append(
            {
                "feature": f"f{number}",
                "event": source.choice([*NAMES, "Mail Sent", "tooled", "Never Done"]),
                "feature_property": source.choice(["", "", "tool", "user.plan"]),
                "since_event": source.choice(["", "", "Search Done", "Mail Sent"]),
                "breakdown_property": source.choice(
                    ["", "user.plan", "country", "session.entry_page_path"]
                    + ["cohort.payers"]
                ),
                "cohort": source.choice(["", "", "searchers"]),
            }
        )
    return tables


@pytest.fixture(scope="module")
def definitions() -> Tables:
    """The drawn definitions; the environment's THROUGHLINE_TEST_SEED draws others."""
    seed = int(os.environ.get("THROUGHLINE_TEST_SEED", "1"))
    return drawn_definitions(random.Random(seed))


@pytest.fixture(scope="module")
def built(definitions: Tables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the drawn events by the drawn definitions, with its own tests."""
    folder = tmp_path_factory.mktemp("drawn")
    project = own_project(folder)
    kept = {"activities"}
    for file in (project / "seeds" / "definitions").glob("*.csv"):
        header = next(csv.reader(file.open()))
        rows = definitions.get(file.stem, [])
        names = list({name: None for row in rows for name in row}) or header
        with file.open("w", newline="") as opened:
            writer = csv.DictWriter(opened, names, restval="")
            writer.writeheader()
            writer.writerows(rows if file.stem not in kept else [])
    events = folder / "events.jsonl"
    seed = int(os.environ.get("THROUGHLINE_TEST_SEED", "1"))
    lines = drawn_events(random.Random(seed + 1000))
    events.write_text("".join(json.dumps(line) + "\n" for line in lines))
    database = folder / DATABASE_NAME
    settings = {"time_zone": TIME_ZONE, "history_warmup_days": WARMUP_DAYS}
    models = "+path_edges +path_sequences +path_loops +path_neighbours"
    models += " +feature_adoption +feature_adoption_daily +feature_adoption_curve"
    models += " +feature_adoption_by_cohort +feature_adoption_by_property"
    models += " +feature_retention_contrast +feature_value_rules"
    result = run_dbt(
        "build",
        "--select",
        *models.split(),
        "events",
        "sessions",
        "--exclude-resource-type",
        "unit_test",
        "--vars",
        json.dumps(settings),
        database=database,
        project=project,
        events_path=events,
    )
    assert result.returncode == 0, result.stdout[-8000:]
    return database


def read_frame(database: Path, query: str) -> pd.DataFrame:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(query).df()


@pytest.fixture(scope="module")
def events(built: Path) -> pd.DataFrame:
    """The public events, with their sessions' properties."""
    table = read_frame(
        built,
        """
        select * replace (
            cast(to_json(properties) as varchar) as properties,
            cast(to_json(user_properties) as varchar) as user_properties
        )
        from events
        """,
    )
    of_sessions = read_frame(built, "select * from sessions").add_prefix("session.")
    return table.merge(
        of_sessions, how="left", left_on="session_id", right_on="session.session_id"
    )


@pytest.fixture(scope="module")
def cohort_members(built: Path) -> pd.DataFrame:
    """Who was in which cohort; how that comes about other tests say."""
    members = read_frame(built, "select * from cohort_members")
    assert set(members["cohort"]) == {"searchers", "payers"}
    return members


@pytest.fixture(scope="module")
def reports(
    definitions: Tables, events: pd.DataFrame, cohort_members: pd.DataFrame
) -> list[path_oracle.Report]:
    """The oracle's path reports."""
    return path_oracle.read_reports(
        events,
        pd.DataFrame(definitions["path_reports"]),
        pd.DataFrame(definitions["path_exclusions"]),
        pd.DataFrame(definitions["path_groupings"]),
        cohort_members,
    )


@pytest.fixture(scope="module")
def adoption(
    definitions: Tables, events: pd.DataFrame, cohort_members: pd.DataFrame
) -> feature_oracle.Adoption:
    """The oracle's features."""
    return feature_oracle.Adoption(
        events,
        pd.DataFrame(definitions["features"]),
        pd.DataFrame(definitions["named_events"]),
        cohort_members,
        TIME_ZONE,
        WARMUP_DAYS,
    )


@pytest.mark.parametrize(
    ("table", "expect", "key"),
    [
        ("path_edges", path_oracle.edges_of, path_oracle.COLUMNS[:5]),
        (
            "path_sequences",
            path_oracle.sequences_of,
            path_oracle.SEQUENCE_COLUMNS[:2],
        ),
        ("path_loops", path_oracle.loops_of, path_oracle.LOOP_COLUMNS[:2]),
        (
            "path_neighbours",
            path_oracle.neighbours_of,
            path_oracle.NEIGHBOUR_COLUMNS[:4],
        ),
    ],
)
def test_paths_match(
    table: str,
    expect: Callable[[list[path_oracle.Report]], pd.DataFrame],
    key: list[str],
    built: Path,
    reports: list[path_oracle.Report],
) -> None:
    expected = expect(reports)
    assert expected["path_report"].nunique() > REPORTS / 3
    assert_frames_match(read_frame(built, f"select * from {table}"), expected, key)


@pytest.mark.parametrize("table", feature_oracle.TABLES)
def test_features_match(
    table: str, built: Path, adoption: feature_oracle.Adoption
) -> None:
    expected = feature_oracle.TABLES[table](adoption)
    assert len(expected) > FEATURES / 2
    key = feature_oracle.KEYS.get(table, ["feature"])
    assert_frames_match(read_frame(built, f"select * from {table}"), expected, key)
