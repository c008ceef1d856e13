"""Whatever the order in which files arrive, the tables are those of one build."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from databases import (
    DATABASE_NAME,
    PROJECT,
    Result,
    build,
    copy_database,
    differences,
    own_project,
    read,
    run_dbt,
    tables,
)

SAMPLE = PROJECT / "seeds" / "sample_events"
NO_TESTS = ("--exclude-resource-type", "test", "unit_test")
JUDGED = ("--select", "+events", "+event_ledger", "+landed_files")


@dataclass(frozen=True)
class Arrival:
    """A database after the first of two deliveries, and after both."""

    after_first: Path
    database: Path


def deliver(files: Sequence[Path], folder: Path) -> None:
    """Files arrive as they are, times included."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        shutil.copy2(file, folder / file.name)


def build_tables(database: Path) -> Path:
    result = run_dbt("build", *NO_TESTS, database=database)
    assert result.returncode == 0, result.stdout[-8000:]
    return database


def build_in_two(deliveries: Sequence[Sequence[Path]], folder: Path) -> Arrival:
    """Build after each of two deliveries, in a folder that names files as ours does."""
    database = folder / DATABASE_NAME
    first, second = deliveries
    deliver(first, folder / "seeds" / "sample_events")
    build_tables(database)
    (folder / "after_first").mkdir()
    after_first = copy_database(database, folder / "after_first")
    deliver(second, folder / "seeds" / "sample_events")
    build_tables(database)
    return Arrival(after_first, database)


@pytest.fixture(scope="module")
def builds(
    sample_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """The sample built a second time, and in halves, the late one last or first."""
    files = sorted(file for file in SAMPLE.iterdir() if file.suffix != ".md")
    early, late = files[: len(files) // 2], files[len(files) // 2 :]
    folder = tmp_path_factory.mktemp
    again = copy_database(sample_database, folder("again"))
    with ThreadPoolExecutor(max_workers=2) as pool:
        started = {
            "late last": pool.submit(build_in_two, (early, late), folder("late_last")),
            "late first": pool.submit(
                build_in_two, (late, early), folder("late_first")
            ),
            "again": pool.submit(build_tables, again),
        }
        return {name: future.result() for name, future in started.items()}


def test_a_second_build_changes_no_row(
    sample_database: Path, builds: dict[str, Any]
) -> None:
    assert len(tables(sample_database)) > 60
    assert differences(sample_database, builds["again"]) == {}


@pytest.mark.parametrize("order", ["late last", "late first"])
def test_the_order_of_arrival_makes_no_difference(
    sample_database: Path, builds: dict[str, Any], order: str
) -> None:
    assert differences(sample_database, builds[order].database) == {}


def test_the_first_half_alone_gives_other_answers(
    sample_database: Path, builds: dict[str, Any]
) -> None:
    """The comparison sees differences, and what arrived late changed earlier rows."""
    for order in ("late last", "late first"):
        found = differences(sample_database, builds[order].after_first)
        assert {"main.people", "main.sessions", "main.experiment_results"} <= set(found)


def test_a_copy_that_was_kept_gives_way_to_one_received_earlier(
    sample_database: Path, builds: dict[str, Any]
) -> None:
    query = "select collector, event_id, file_name from events"
    kept_at_first = set(read(builds["late first"].after_first, query))
    kept = set(read(sample_database, query))
    ids = {row[:2] for row in kept}
    replaced = {row for row in kept_at_first - kept if row[:2] in ids}
    assert replaced
    assert set(read(builds["late first"].database, query)) == kept


# -- copies of one event --------------------------------------------------------------


def event(**keys: Any) -> str:
    body = {"event": "Seen", "user_id": "u1", "timestamp": "2026-01-05T10:00:00Z"}
    return json.dumps({**body, **keys}) + "\n"


def rewrite(file: Path, content: str) -> None:
    """Write a file as a later version of itself."""
    modified_at = file.stat().st_mtime + 10 if file.exists() else 1_767_600_000
    file.parent.mkdir(exist_ok=True)
    file.write_text(content)
    os.utime(file, (modified_at, modified_at))


def test_another_copy_takes_the_place_of_one_whose_file_changes(tmp_path: Path) -> None:
    early, late = (
        tmp_path / "events" / "early.jsonl",
        tmp_path / "events" / "late.jsonl",
    )
    database = tmp_path / DATABASE_NAME
    shared = event(event_id="shared", received_at="2026-01-05T10:00:01Z")
    again = event(event_id="shared", received_at="2026-01-06T10:00:01Z")
    equal = event(event="Sold") * 2
    own = event(event_id="own")
    versions = (shared + equal + own, own)
    rewrite(late, again + equal + event(event_id="later"))
    found = []
    for version in versions:
        rewrite(early, version)
        build(*JUDGED, database=database, events_path=early.parent)
        kept = read(
            database,
            "select parse_filename(file_name), event_name, count(*) from events"
            " group by all order by all",
        )
        ledger = read(
            database,
            "select parse_filename(file_name), landed, kept, duplicate"
            " from event_ledger order by all",
        )
        found.append((kept, ledger))
    of_early, of_late = ("early.jsonl", "seen"), ("late.jsonl", "seen")
    assert found == [
        (
            [(*of_early, 2), ("early.jsonl", "sold", 2), (*of_late, 1)],
            [("early.jsonl", 4, 4, 0), ("late.jsonl", 4, 1, 3)],
        ),
        (
            [(*of_early, 1), (*of_late, 2), ("late.jsonl", "sold", 2)],
            [("early.jsonl", 1, 1, 0), ("late.jsonl", 4, 4, 0)],
        ),
    ]


def test_a_merge_that_is_taken_back_splits_the_person(tmp_path: Path) -> None:
    events, database = tmp_path / "events", tmp_path / DATABASE_NAME
    rewrite(events / "old.jsonl", event(user_id="old", timestamp="2026-01-01"))
    rewrite(events / "new.jsonl", event(user_id="new"))
    alias = event(type="alias", user_id="new", previous_id="old")
    for content in ("", alias, ""):
        rewrite(events / "alias.jsonl", content)
        build("--select", "+identity_changes", database=database, events_path=events)
    found = read(
        database,
        "select identifier, reason from identity_changes order by changed_in_batch",
    )
    assert found == [("new", "merge"), ("new", "split")]


# -- seeds ----------------------------------------------------------------------------


def edit(seed: Path, *rows: str) -> None:
    seed.write_text(seed.read_text().rstrip("\n") + "\n" + "\n".join(rows) + "\n")


def test_a_run_that_loads_no_seed_does_not_take_it_for_loaded(tmp_path: Path) -> None:
    project, events = own_project(tmp_path), tmp_path / "events"
    database = tmp_path / DATABASE_NAME
    rewrite(events / "sold.jsonl", event(event="Sold", properties={"revenue": 7}))
    choice = ("--select", "+events", "+landed_files")
    settings = {"database": database, "events_path": events, "project": project}
    found = []
    for command in ("build", "run", "build"):
        if command == "run":
            edit(project / "seeds" / "reference" / "revenue_events.csv", "*,sold,")
        tests = NO_TESTS if command == "build" else ()
        result = run_dbt(command, *choice, *tests, **settings)
        assert result.returncode == 0, result.stdout[-3000:]
        found += read(database, "select revenue from events")
    assert found == [(None,), (None,), (7,)]


def test_a_long_seed_is_loaded_again_when_it_changes(tmp_path: Path) -> None:
    """Of a file above a mebibyte dbt itself knows no more than the path."""
    project, database = own_project(tmp_path), tmp_path / DATABASE_NAME
    seed = project / "seeds" / "definitions" / "experiment_assignments.csv"
    note = "x" * 1000
    rows = [f"button,user,u{number},a,2026-01-05,{note}" for number in range(1200)]
    edit(seed, *rows)
    for variant in ("a", "b"):
        seed.write_text(seed.read_text().replace("user,u7,a", f"user,u7,{variant}"))
        choice = ("--select", "experiment_assignments")
        result = run_dbt("seed", *choice, database=database, project=project)
        assert result.returncode == 0, result.stdout[-3000:]
        found = read(
            database,
            "select variant from definitions.experiment_assignments"
            " where identifier = 'u7'",
        )
        assert found == [(variant,)]


def test_a_definition_makes_only_what_reads_it_anew(tmp_path: Path) -> None:
    project, events = own_project(tmp_path), tmp_path / "events"
    database, seeds = tmp_path / DATABASE_NAME, project / "seeds" / "definitions"
    rewrite(events / "seen.jsonl", event(event="Product Viewed"))
    for _ in range(2):
        choice = ("--select", "+funnel_entries", "+path_items", "+landed_files")
        settings = {"events_path": events, "project": project}
        build(*choice, *NO_TESTS, database=database, **settings)
        edit(seeds / "funnels.csv", "seen,,,7,day" + "," * 13)
        for step in (1, 2):
            edit(seeds / "funnel_steps.csv", f"seen,{step},required,Product Viewed,,,")
    rebuilt = read(
        database,
        "select split_part(relation, '\"', 6) from builds.table_states"
        " where rebuilt_in = 2",
    )
    assert {("funnel_definitions",), ("funnel_entries",)} < set(rebuilt)
    assert ("path_definitions",) in rebuilt
    assert not {("path_item_names",), ("event_groups",), ("sessions",)} & set(rebuilt)


def test_what_a_killed_build_left_behind_goes(tmp_path: Path) -> None:
    database = tmp_path / DATABASE_NAME
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema intermediate")
        for suffix in ("backup", "tmp"):
            name = f"intermediate.funnel_links__dbt_{suffix}"
            connection.execute(f"create table {name} as select 1 as n")
    result = run_dbt("seed", "--select", "revenue_events", database=database)
    assert result.returncode == 0, result.stdout[-3000:]
    assert not [name for name in tables(database) if "__dbt_" in name]


# -- what a build asks of its tests ---------------------------------------------------


def test_a_build_asks_again_only_of_what_was_touched(tmp_path: Path) -> None:
    """An event is spoilt behind the project's back: seen when its person is touched."""
    events, database = tmp_path / "events", tmp_path / DATABASE_NAME
    name = "events_are_consistent"

    def ask(command: str) -> Result:
        choice = ("--exclude-resource-type", "unit_test", *JUDGED)
        if command == "test":
            choice = ("--select", name)
        return run_dbt(command, *choice, database=database, events_path=events)

    def says(result: Result) -> bool:
        return f"Failure in test {name}" in result.stdout

    for user in ("u1", "u2"):
        rewrite(events / f"{user}.jsonl", event(user_id=user, event_id=user))
    assert ask("build").returncode == 0
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "update staging.staged_events set event_type = 'none' where user_id = 'u2'"
        )
    rewrite(events / "more.jsonl", event(user_id="u1", event_id="more"))
    assert ask("build").returncode == 0
    assert says(ask("test"))
    rewrite(events / "of_u2.jsonl", event(user_id="u2", event_id="of u2"))
    assert says(ask("build"))


def test_a_touched_row_is_compared_with_all_others(tmp_path: Path) -> None:
    """An event gets the id of one that comes later: seen when that one comes."""
    events, database = tmp_path / "events", tmp_path / DATABASE_NAME
    failure = "Failure in test staged_events_are_unique"

    def ask() -> str:
        choice = ("--select", "+staged_events", "+landed_files")
        choice += ("--exclude-resource-type", "unit_test")
        return run_dbt("build", *choice, database=database, events_path=events).stdout

    for name in ("first", "second"):
        rewrite(events / f"{name}.jsonl", event(user_id=name, event_id=name))
    assert failure not in ask()
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "update staging.staged_events set event_id = 'third'"
            " where user_id = 'first'"
        )
    rewrite(events / "other.jsonl", event(user_id="second", event_id="other"))
    assert failure not in ask()
    rewrite(events / "third.jsonl", event(user_id="second", event_id="third"))
    assert failure in ask()


def test_a_database_that_was_renamed_goes_on(tmp_path: Path) -> None:
    """Views and states name the database: all is made anew, once."""
    events, old = tmp_path / "events", tmp_path / "old" / DATABASE_NAME
    new = tmp_path / "new" / "renamed.duckdb"
    rewrite(events / "u1.jsonl", event(user_id="u1", event_id="1"))
    build(*JUDGED, database=old, events_path=events)
    new.parent.mkdir()
    shutil.copy(old, new)
    for _ in range(2):
        log = build(*JUDGED, database=new, events_path=events)
    assert "nothing to land" in log
    assert read(new, "select event_id from events") == [("1",)]
    relations = read(
        new, "select distinct split_part(relation, '.', 1) from builds.table_states"
    )
    assert relations == [('"renamed"',)]
