"""Snowplow's real events give the sessions that Snowplow's own packages find in them.

Matched by the collector's session id, as those packages do. Every difference is listed
with its cause.
"""

from __future__ import annotations

import csv
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from databases import DATABASE_NAME, PROJECT, build, read
from oracle.people import person_id

FIXTURES = PROJECT / "tests" / "fixtures" / "snowplow"
WEB_SESSIONS = """
    select
        source_session_id, min(occurred_at), max(occurred_at),
        count(*) filter (event_name = 'page_viewed'), count(*),
        min_by(page_url, (occurred_at, event_id)) filter (event_name = 'page_viewed'),
        min_by(coalesce(referrer, ''), (occurred_at, event_id))
            filter (event_name = 'page_viewed'),
        min_by(coalesce(utm_source, ''), (occurred_at, event_id))
            filter (event_name = 'page_viewed')
    from events
    where collector = 'snowplow' and source_session_id is not null
    group by source_session_id
"""
MOBILE_SESSIONS = """
    select
        source_session_id, min(anonymous_id), min(occurred_at), max(occurred_at),
        count(*) filter (event_name = 'screen_viewed')
    from events group by source_session_id
"""


def expected_rows(name: str) -> list[dict[str, str]]:
    with (FIXTURES / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def differences(
    ours: dict[str, dict[str, Any]], theirs: dict[str, dict[str, Any]]
) -> dict[str, set[str]]:
    """The names of the columns that differ, per session of theirs."""
    found = {}
    for session, columns in theirs.items():
        other = {name for name in columns if columns[name] != ours[session][name]}
        if other:
            found[session[:8]] = other
    return found


def test_web_sessions_are_those_of_the_web_package(
    built_sample: duckdb.DuckDBPyConnection,
) -> None:
    names = ("started", "ended", "views", "events", "page", "referrer", "source")
    ours = {
        session: dict(zip(names, map(str, columns), strict=True))
        for session, *columns in built_sample.execute(WEB_SESSIONS).fetchall()
    }
    theirs = {
        row["original_domain_sessionid"] or row["domain_sessionid"]: {
            "started": row["start_tstamp"],
            "ended": row["end_tstamp"],
            "views": row["page_views"],
            "events": row["total_events"],
            "page": row["first_page_url"],
            "referrer": row["referrer"],
            "source": row["mkt_source"],
        }
        for row in expected_rows("web_sessions_expected.csv")
    }
    for session in (*ours.values(), *theirs.values()):
        for name in ("started", "ended"):
            session[name] = session[name].ljust(23, "0")[:23]
    assert len(theirs) == 18
    by_user = {
        (row["original_domain_sessionid"] or row["domain_sessionid"])[:8]: row
        for row in expected_rows("web_sessions_expected.csv")
    }
    found = {
        (by_user[session]["user_id"], frozenset(columns))
        for session, columns in differences(ours, theirs).items()
    }
    ping = frozenset({"started", "views", "page", "referrer", "source"})
    assert found == {
        # They stop a session after three days; we leave its events where they are.
        ("long session", frozenset({"ended", "views", "events"})),
        ("Unexpired session", frozenset({"ended", "views", "events"})),
        # They count page view ids, and one id came with two times.
        ("dupe: page_view_id different derived_tstamp", frozenset({"views"})),
        # A session of page pings alone: they infer a view five seconds before it.
        ("No edge cases", ping),
        ("stray page ping", ping),
    }


@pytest.fixture(scope="module")
def mobile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("mobile") / DATABASE_NAME
    build(
        *("--select", "+events", "+event_ledger", "+landed_files"),
        database=database,
        events_path=FIXTURES / "mobile_events.jsonl",
    )
    return database


def test_mobile_sessions_are_those_of_the_mobile_package(mobile: Path) -> None:
    names = ("device", "started", "ended", "views")
    ours = {
        session: dict(zip(names, map(str, columns), strict=True))
        for session, *columns in read(mobile, MOBILE_SESSIONS)
    }
    rows = expected_rows("mobile_sessions_expected.csv")
    theirs = {
        row["session_id"]: {
            "device": row["device_user_id"],
            "started": f"{row['start_tstamp']}000",
            "ended": f"{row['end_tstamp']}000",
            "views": row["screen_views"] or "0",
        }
        for row in rows
    }
    assert len(theirs) == 7
    assert differences(ours, theirs) == {
        # They count screen view ids, of which one came twice.
        "0920d602": {"views"},
        "c6cb06d3": {"views"},
        # They stop a session after three days.
        "ce997048": {"ended", "views"},
    }
    # They leave out what was sent more than three days late.
    assert [session[:8] for session in set(ours) - set(theirs)] == ["ab678146"]
    assert len({session["device"] for session in ours.values()}) == 4


def test_a_copy_of_a_mobile_event_counts_once(mobile: Path) -> None:
    query = "select landed, kept, duplicate, rejected from event_ledger"
    assert read(mobile, query) == [(130, 129, 1, 0)]


def test_a_user_found_late_owns_the_sessions_built_before(tmp_path: Path) -> None:
    """Their package had to be told to look back; here the next build does."""
    database, events = tmp_path / DATABASE_NAME, tmp_path / "events"
    events.mkdir()
    owners = """
        select source_session_id, coalesce(max(canonical_user_id), max(anonymous_id)),
            min(occurred_at), max(occurred_at), count(distinct person_id),
            count(*) filter (event_name = 'page_viewed')
        from events left join people using (person_id)
        group by source_session_id
    """
    found = []
    for name in ("late_update_before.jsonl", "late_update.jsonl"):
        shutil.copy(FIXTURES / name, events)
        wanted = ("+events", "+people", "+identity_changes")
        build("--select", *wanted, database=database, events_path=events)
        found.append({row[0]: row[1:] for row in read(database, owners)})
    before, after = found
    assert before["user_3_session_1"][0] == "domain_userid_3"
    expected = expected_rows("late_update_sessions_expected.csv")
    assert len(expected) == len(after) == 5
    for row in expected:
        owner, started, ended, people, _ = after[row["session_id"]]
        # Their times are New York's, written with hours of one digit.
        local = timedelta(hours=5)
        assert owner == row["inferred_user_id"]
        assert f"{started - local:%Y-%m-%d 7:%M:%S}" == row["session_start"]
        assert f"{ended - local:%Y-%m-%d 7:%M:%S}" == row["session_end"]
        assert people == 1
    assert sum(columns[-1] for columns in after.values()) == 7
    changes = """
        select identifier, previous_person_id, person_id, reason from identity_changes
    """
    assert read(database, changes) == [
        (
            "domain_userid_3",
            person_id("anonymous", "domain_userid_3"),
            person_id("user", "user_id_3"),
            "log_in",
        )
    ]
