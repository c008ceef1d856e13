"""The simulated shop, as the tables tell it, is the shop that was simulated."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import duckdb
import pytest

from databases import DATABASE_NAME, PROJECT, build, read
from generate_events import main as generate

TRUTH = PROJECT / "tests" / "fixtures" / "sample_truth"
SNOWPLOW = "snowplow_web.jsonl.gz"
SIMULATED_PEOPLE = """
    select person_id from people
    semi join (from events where collector <> 'snowplow') using (person_id)
"""

Identifier = tuple[str, str]


def truth(name: str, folder: Path = TRUTH) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def summary() -> dict[str, Any]:
    return json.loads((TRUTH / "summary.json").read_text(encoding="utf-8"))


def rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return connection.execute(query).fetchall()


# -- lines ----------------------------------------------------------------------------


def test_the_ledger_counts_what_was_delivered(
    built_sample: duckdb.DuckDBPyConnection,
) -> None:
    query = """
        select
            parse_filename(file_name), sum(landed), sum(kept), sum(duplicate),
            sum(rejected), sum(filtered), sum(erased)
        from event_ledger
        group by all
    """
    found = {name: counts for name, *counts in rows(built_sample, query)}
    # As those say who made these events: three are copies.
    assert found.pop(SNOWPLOW) == [160, 157, 3, 0, 0, 0]
    columns = [
        f"expected_{fate}" for fate in ("landed", "kept", "duplicate", "rejected")
    ]
    assert found == {
        row["file"]: [*(int(row[column]) for column in columns), 0, 0]
        for row in truth("files")
    }


def test_the_lines_that_are_rejected_are_the_faulty_ones(
    built_sample: duckdb.DuckDBPyConnection,
) -> None:
    query = "select parse_filename(file_name), line_number from rejected_events"
    found = [row for row in rows(built_sample, query) if row[0] != SNOWPLOW]
    assert sorted(found) == sorted(
        (row["file"], int(row["line_number"]))
        for row in truth("faults")
        if row["expected"] == "rejected"
    )


def test_the_events_that_are_kept_are_those_that_happened(
    built_sample: duckdb.DuckDBPyConnection,
) -> None:
    query = """
        select
            event_id, parse_filename(file_name), event_name,
            strftime(occurred_at, '%Y-%m-%dT%H:%M:%S.%gZ')
        from events
        where collector <> 'snowplow'
    """
    columns = ("event_id", "file", "event_name", "occurred_at")
    expected = Counter(
        tuple(row[column] for column in columns)
        for row in truth("events")
        if row["is_duplicate_delivery"] == "0"
    )
    ids = {event_id for event_id, *_ in expected}
    # What was sent without an id has been given one.
    found = Counter(
        (event_id if event_id in ids else "", *rest)
        for event_id, *rest in rows(built_sample, query)
    )
    assert found == expected


# -- people ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shared() -> set[str]:
    """The tablets that several people use."""
    found = {
        row["identifier"]
        for row in truth("identifiers")
        if row["is_shared_device"] == "1"
    }
    assert found
    return found


@pytest.fixture(scope="module")
def person_of(
    built_sample: duckdb.DuckDBPyConnection, shared: set[str]
) -> dict[str, str]:
    """The one person that all of a human's own identifiers stand for."""
    people: defaultdict[Identifier, set[str]] = defaultdict(set)
    query = "select identifier_type, identifier, person_id from person_identifiers"
    for kind, identifier, person in rows(built_sample, query):
        people[kind, identifier].add(person)
    persons: defaultdict[str, set[str]] = defaultdict(set)
    for row in truth("identifiers"):
        if row["identifier"] not in shared:
            persons[row["human"]] |= people[row["identifier_type"], row["identifier"]]
    assert {
        human: len(found) for human, found in persons.items() if len(found) != 1
    } == {}
    return {human: found.pop() for human, found in persons.items()}


def test_different_humans_are_different_people(
    built_sample: duckdb.DuckDBPyConnection,
    person_of: dict[str, str],
    shared: set[str],
    summary: dict[str, Any],
) -> None:
    assert len(set(person_of.values())) == len(person_of)
    humans = {row["human"] for row in truth("people")}
    assert len(humans) == summary["people"] + summary["bots"]
    assert set(person_of) <= humans
    # Whom no human's own identifier stands for has only been seen on shared tablets.
    others = rows(built_sample, SIMULATED_PEOPLE)
    strangers = {row[0] for row in others} - set(person_of.values())
    query = "select identifier, person_id from person_identifiers"
    seen_on = {row[0] for row in rows(built_sample, query) if row[1] in strangers}
    assert seen_on <= shared


def test_an_event_is_its_humans_unless_nobody_can_know(
    built_sample: duckdb.DuckDBPyConnection,
    person_of: dict[str, str],
    shared: set[str],
) -> None:
    human_of = {row["event_id"]: row["human"] for row in truth("events")}
    query = "select event_id, person_id, user_id, anonymous_id from events"
    compared = wrong = 0
    for event_id, person, user, device in rows(built_sample, query):
        human = human_of.get(event_id)
        if human is None or (user is None and device in shared):
            continue
        compared += 1
        wrong += person != person_of.get(human)
    assert compared > 5000
    assert wrong == 0


def test_known_people_are_those_with_a_user_id(
    built_sample: duckdb.DuckDBPyConnection, person_of: dict[str, str]
) -> None:
    known = rows(built_sample, f"{SIMULATED_PEOPLE} where is_known")
    assert {row[0] for row in known} == {
        person_of[row["human"]]
        for row in truth("identifiers")
        if row["identifier_type"] == "user"
    }


# -- what they did --------------------------------------------------------------------


def test_orders_sign_ups_and_revenue_add_up(
    built_sample: duckdb.DuckDBPyConnection, summary: dict[str, Any]
) -> None:
    query = """
        select currency, round(sum(revenue), 2)
        from events where event_name = 'order_completed' group by all
    """
    assert dict(rows(built_sample, query)) == summary["revenue"]
    query = "select event_name, count(*) from events group by all"
    counted = dict(rows(built_sample, query))
    assert counted["order_completed"] == summary["orders"]
    assert counted["signed_up"] == summary["sign_ups"]


def test_everybodys_orders_and_revenue_are_their_own(
    built_sample: duckdb.DuckDBPyConnection, person_of: dict[str, str]
) -> None:
    query = """
        select person_id, count(*), round(sum(revenue), 2)
        from events where event_name = 'order_completed' group by all
    """
    found = {person: tuple(orders) for person, *orders in rows(built_sample, query)}
    assert found == {
        person_of[row["human"]]: (int(row["order_count"]), float(row["revenue"]))
        for row in truth("people")
        if row["order_count"] != "0"
    }


def test_what_crawlers_do_is_kept(built_sample: duckdb.DuckDBPyConnection) -> None:
    bots = {row["human"]: row for row in truth("people") if row["is_bot"] == "1"}
    assert bots
    for human, bot in bots.items():
        ids = [row["event_id"] for row in truth("events") if row["human"] == human]
        query = "select count(*) from events where list_contains(?, event_id)"
        [(kept,)] = built_sample.execute(query, [ids]).fetchall()
        assert kept == len([event_id for event_id in ids if event_id])
        assert len(ids) == int(bot["event_count"])


# -- the experiment -------------------------------------------------------------------


def assert_exposures(database: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Units per variant, and those that saw both, are those of the truth."""
    variants = truth("experiment", folder)
    query = """
        select variant, units from experiment_statistics where metric = 'bought'
    """
    assert dict(rows(database, query)) == {
        row["variant"]: int(row["assigned_people"]) - int(row["multi_variant_people"])
        for row in variants
    }
    query = "select exposed_units, excluded_multi_variant_units from experiment_health"
    assert rows(database, query) == [
        tuple(
            sum(int(row[column]) for row in variants)
            for column in ("assigned_people", "multi_variant_people")
        )
    ]


def test_exposed_units_are_those_that_were_assigned(
    built_sample: duckdb.DuckDBPyConnection,
) -> None:
    assert_exposures(built_sample, TRUTH)


def test_units_that_bought_are_those_that_ordered_in_their_window(
    built_sample: duckdb.DuckDBPyConnection,
) -> None:
    ordered = Counter(
        row["variant"]
        for row in truth("people")
        if row["ordered_in_window"] == "1" and row["is_multi_variant"] == "0"
    )
    query = "select variant, total from experiment_statistics where metric = 'bought'"
    assert dict(rows(built_sample, query)) == ordered


def test_the_interval_of_the_experiment_holds_the_true_effect(tmp_path: Path) -> None:
    output = tmp_path / "shop"
    events = ("--events", "200000", "--no-faults", "--compression", "zst")
    assert generate([*events, "--output", str(output)]) == 0
    database = tmp_path / DATABASE_NAME
    choice = ("--select", "+experiment_results", "+experiment_health")
    build(*choice, database=database, events_path=output / "events")
    with duckdb.connect(str(database), read_only=True) as connection:
        assert_exposures(connection, output / "truth")
    [(low, effect, high)] = read(
        database,
        "select relative_interval_low, relative_effect, relative_interval_high"
        " from experiment_results where metric = 'bought'",
    )
    true_effect = float(
        truth("experiment", output / "truth")[1]["true_relative_effect"]
    )
    assert true_effect == 0.2
    assert low < true_effect < high
    assert low < effect < high
    # The interval is of some use.
    assert high - low < 1
