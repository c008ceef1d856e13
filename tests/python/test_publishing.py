"""What BI tools read: whole, of one build, and never of a failed one."""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from dbt_common.exceptions import DbtRuntimeError

from databases import DATABASE_NAME, PROJECT, begin_dbt, own_project, read, run_dbt
from load_events import refuse_wrong_published_path
from prepare_publication import superseded_parts

# In every publication these four count the same events.
COUNTS = """
    select
        (select count(*) from events),
        (select sum(kept) from event_ledger),
        (select sum(event_count) from people),
        (select count(*) from events where person_id in (select person_id from people))
"""


def deliver(folder: Path, day: int, **changes: Any) -> None:
    """A file of one day: four people, each with a few pages."""
    lines = [
        {
            "event_id": f"{day}-{index}",
            "event": "Page Viewed",
            "user_id": f"u{index % 4}",
            "timestamp": f"2026-01-{day:02}T10:{index:02}:00Z",
            **changes,
        }
        for index in range(40)
    ]
    (folder / "events").mkdir(exist_ok=True)
    text = "".join(json.dumps(line) + "\n" for line in lines)
    (folder / "events" / f"{day:02}.jsonl").write_text(text)


def build_all(folder: Path, *arguments: str, **settings: Any) -> Any:
    """A build as a user starts it, published beside its database."""
    place = {"database": folder / DATABASE_NAME, "events_path": "events", **settings}
    return run_dbt("build", *arguments, published_path="published", **place)


def watch(
    read_once: Callable[[], tuple[int, ...]], seen: list[Any], stop: threading.Event
) -> None:
    while not stop.is_set():
        try:
            seen.append(read_once())
        except duckdb.Error as error:
            seen.append(error)
        time.sleep(0.1)


def test_readers_see_whole_publications_only(tmp_path: Path) -> None:
    """One opens the file anew each time, one holds the first through all builds.

    THROUGHLINE_TEST_BUILDS makes more of them: 10, say.
    """
    deliver(tmp_path, 1)
    assert build_all(tmp_path).returncode == 0
    published = tmp_path / "published" / "throughline.duckdb"
    held = duckdb.connect(str(published), read_only=True)

    def open_anew() -> tuple[int, ...]:
        # A process that connects to a file again is given what it has open already.
        with duckdb.connect() as connection:
            connection.execute(f"attach '{published}' as anew (read_only)")
            connection.execute("use anew")
            return connection.execute(COUNTS).fetchone()

    def ask_the_held() -> tuple[int, ...]:
        return held.cursor().execute(COUNTS).fetchone()

    stop = threading.Event()
    anew: list[Any] = []
    kept: list[Any] = []
    watchers = [
        threading.Thread(target=watch, args=(open_anew, anew, stop)),
        threading.Thread(target=watch, args=(ask_the_held, kept, stop)),
    ]
    for watcher in watchers:
        watcher.start()
    parts = []
    days = range(2, 2 + int(os.environ.get("THROUGHLINE_TEST_BUILDS", "3")))
    for day in days:
        deliver(tmp_path, day)
        result = build_all(tmp_path, *(["--exclude-resource-type", "test"] * (day % 2)))
        assert result.returncode == 0, result.stdout[-4000:]
        parts.append(len(list((tmp_path / "published").rglob("*.parquet"))))
    stop.set()
    for watcher in watchers:
        watcher.join()
    # Days with an odd number were built without tests: they are not published.
    published_days = [day for day in (1, *days) if day == 1 or day % 2 == 0]
    assert sorted(set(anew)) == [(40 * day,) * 4 for day in published_days]
    assert set(kept) == {(40,) * 4}
    assert parts == [1 + day // 2 for day in days]


def test_a_failed_test_leaves_the_last_publication(tmp_path: Path) -> None:
    """And so does a build of a part; what held it back is said."""
    deliver(tmp_path, 1)
    assert build_all(tmp_path).returncode == 0
    published = tmp_path / "published" / "throughline.duckdb"
    before = published.stat()
    deliver(tmp_path, 2)
    partial = build_all(tmp_path, "--select", "+sessions")
    assert partial.returncode == 0
    project = own_project(tmp_path)
    (project / "selectors.yml").unlink()
    (project / "selectors.yml").write_text(
        "selectors: [{name: sessions, definition: {method: fqn, value: sessions}}]"
    )
    partial = build_all(tmp_path, "--selector", "sessions", project=project)
    assert partial.returncode == 0
    assert published.stat() == before
    database = tmp_path / DATABASE_NAME
    with duckdb.connect(str(database)) as connection:
        connection.execute("update people set event_count = event_count + 1")
    deliver(tmp_path, 3, event="Nothing Like The Others")
    deliver(tmp_path, 4)
    (tmp_path / "published" / "new_of_a_killed_build.duckdb").touch()
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "update builds.table_states set built_in = 1000000"
            " where relation like '%people\"'"
        )
    failed = build_all(tmp_path)
    assert failed.returncode != 0
    assert "nothing is published, for this failed: " in failed.stdout
    assert published.stat() == before
    assert not list(tmp_path.glob("published/new_of*"))
    assert read(published, COUNTS) == [(40,) * 4]


def test_what_is_published_is_looked_at_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another format is one more to publish, and so is what another has put there."""
    deliver(tmp_path, 1)
    build_all(tmp_path)
    published = tmp_path / "published"
    assert not list(published.glob("*.parquet"))
    monkeypatch.setenv("THROUGHLINE_PUBLISHED_FORMAT", "parquet")
    build_all(tmp_path)
    assert (published / "people.parquet").exists()
    (published / "throughline.duckdb").write_bytes(b"of somebody else")
    build_all(tmp_path)
    assert read(published / "throughline.duckdb", COUNTS) == [(40,) * 4]


@pytest.mark.parametrize(
    ("folder", "fault"),
    [
        ("here/[x]", "has one of the characters"),
        ("it's", "has one of the characters"),
        ("file/below", "cannot be made one"),
        ("file", "cannot be made one"),
    ],
)
def test_a_folder_that_cannot_be_published_to_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, fault: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").touch()
    with pytest.raises(DbtRuntimeError, match=fault):
        refuse_wrong_published_path(folder)


def test_parts_that_nobody_names_any_more_go_after_a_day(tmp_path: Path) -> None:
    part = tmp_path / "events" / "month=2026-01"
    part.mkdir(parents=True)
    moments = {"20260101T0_0": 100, "20260101T0_1": 100, "20260102T0_0": 200}
    for name, moment in moments.items():
        (part / f"{name}.parquet").touch()
        os.utime(part / f"{name}.parquet", (moment, moment))
    assert superseded_parts(tmp_path, 200 + 24 * 60 * 60) == []
    gone = superseded_parts(tmp_path, 201 + 24 * 60 * 60)
    assert [file.stem for file in gone] == ["20260101T0_0", "20260101T0_1"]
    # A newer version that was never published replaces nothing.
    for number in (0, 1):
        shutil.copy(PROJECT / "LICENSE", part / f"20260101T0_{number}.parquet")
    with duckdb.connect(str(tmp_path / "throughline.duckdb")) as published:
        published.execute("create table made as select 1 as value")
        published.execute(
            "create view events as select value as 'events/month=2026-01/20260101T0_*'"
            " from made"
        )
    assert superseded_parts(tmp_path, 201 + 24 * 60 * 60) == []


def test_a_second_build_stops_at_once_with_a_sentence(tmp_path: Path) -> None:
    """Whoever has the database open is left alone."""
    database = tmp_path / DATABASE_NAME
    with duckdb.connect(str(database)) as first:
        first.execute("create table made as select 1 as value")
        second = begin_dbt("seed", database=database)
        second.process.join()
        refused = second.result()
        assert first.execute("select * from made").fetchall() == [(1,)]
    assert refused.returncode != 0
    assert f"The database '{DATABASE_NAME}' is in use (PID" in refused.stdout
    assert "Traceback" not in refused.stdout
