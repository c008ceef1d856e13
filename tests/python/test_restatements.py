"""Why a number of the past is another than it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from databases import DATABASE_NAME, Rows, read, run_dbt

MARTS = (
    *("engagement_daily", "retention_cohorts", "retention_values"),
    *("retention_stickiness", "funnel_trends", "feature_adoption_daily"),
    *("feature_adoption_by_cohort", "experiment_results_daily"),
)


def deliver(folder: Path, name: str, *lines: dict[str, Any]) -> None:
    """A file of events: each has a day of January, and an hour and minute of it."""
    (folder / "events").mkdir(exist_ok=True)
    texts = [
        json.dumps(
            {
                "event_id": f"{name}-{number}",
                "event": "Page Viewed",
                **line,
                "timestamp": f"2026-01-{line['timestamp']}:00Z",
            }
        )
        for number, line in enumerate(lines)
    ]
    (folder / "events" / f"{name}.jsonl").write_text("\n".join(texts) + "\n")


def build(folder: Path, *arguments: str) -> None:
    result = run_dbt(
        *("build", "--exclude-resource-type", "test", "unit_test"),
        *("--select", *(f"+{mart}" for mart in MARTS), "restatements", *arguments),
        database=folder / DATABASE_NAME,
        events_path="events",
    )
    assert result.returncode == 0, result.stdout[-5000:]


def changes(folder: Path, column: str) -> Rows:
    """The restated numbers of a column of engagement_daily, by build and day."""
    return read(
        folder / DATABASE_NAME,
        f"""
        select
            restated_in_batch, strftime(period_start, '%d'), previous_value, value,
            change, reason
        from restatements
        where mart = 'engagement_daily' and column_name = '{column}'
        order by restated_in_batch, period_start
        """,
    )


@pytest.fixture(scope="module")
def restated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five builds: the first, a late event, a log-in, a mended file, another zone."""
    folder = tmp_path_factory.mktemp("restated")
    for day in ("05", "06", "07", "08"):
        deliver(
            folder,
            day,
            {"user_id": "u1", "timestamp": f"{day}T10:00"},
            {"user_id": "u2", "timestamp": f"{day}T23:30"},
            {"anonymous_id": "tablet", "timestamp": f"{day}T11:00"},
        )
    build(folder)
    deliver(folder, "late", {"user_id": "u3", "timestamp": "06T12:00"})
    build(folder)
    log_in = {"user_id": "u1", "anonymous_id": "tablet", "timestamp": "09T10:00"}
    deliver(folder, "09", log_in, {"user_id": "u2", "timestamp": "09T23:30"})
    build(folder)
    deliver(folder, "07", {"user_id": "u1", "timestamp": "07T10:00"})
    build(folder)
    build(folder, "--vars", "{time_zone: Asia/Tokyo}")
    return folder


def test_each_change_of_the_past_is_told_with_its_reason(restated: Path) -> None:
    told = changes(restated, "daily_active_people")
    assert told[:5] == [
        (2, "06", 3.0, 4.0, 1.0, "late_events"),
        (3, "05", 3.0, 2.0, -1.0, "identity_change"),
        (3, "06", 4.0, 3.0, -1.0, "identity_change"),
        (3, "07", 3.0, 2.0, -1.0, "identity_change"),
        (4, "07", 2.0, 1.0, -1.0, "replay"),
    ]
    # In Tokyo it is half past eight of the next morning when u2 comes by.
    assert {(batch, reason) for batch, *_, reason in told[5:]} == {
        (5, "definition_change")
    }
    assert (5, "05", 2.0, 1.0, -1.0, "definition_change") in told


def test_the_last_period_is_not_of_the_past(restated: Path) -> None:
    """The 8th was still going on when the third build merged its people."""
    assert not [
        row for row in changes(restated, "daily_active_people") if row[1] > "08"
    ]
    assert (3, "08") not in {row[:2] for row in changes(restated, "sessions")}


def test_what_reads_a_changed_day_is_restated_with_it(restated: Path) -> None:
    """Whoever was active late on the 6th was so in the week up to the 7th."""
    weekly = [row for row in changes(restated, "weekly_active_people") if row[0] == 2]
    assert weekly == [
        (2, "06", 3.0, 4.0, 1.0, "late_events"),
        (2, "07", 3.0, 4.0, 1.0, "late_events"),
    ]


def test_what_is_only_now_complete_is_not_restated(tmp_path: Path) -> None:
    """Nor does an event late for one day explain what an identity does to others."""
    for day in ("05", "06", "07", "08"):
        deliver(
            tmp_path,
            day,
            {"user_id": "u1", "timestamp": f"{day}T10:00"},
            {"anonymous_id": "tablet", "timestamp": f"{day}T11:00"},
        )
    build(tmp_path)
    deliver(tmp_path, "new", {"user_id": "u1", "timestamp": "25T10:00"})
    build(tmp_path)
    query = "select * from restatements where restated_in_batch = 2"
    assert read(tmp_path / DATABASE_NAME, query) == []
    log_in = {"user_id": "u1", "anonymous_id": "tablet", "timestamp": "26T10:00"}
    deliver(tmp_path, "late", {"user_id": "u3", "timestamp": "05T12:00"}, log_in)
    build(tmp_path)
    assert changes(tmp_path, "daily_active_people") == [
        (3, day, 2.0, 1.0, -1.0, "identity_change") for day in ("06", "07", "08")
    ]


def test_a_late_return_is_not_put_down_to_a_log_in(tmp_path: Path) -> None:
    """Also where the events had landed before the marts were built."""
    base = [
        {"user_id": user, "timestamp": moment}
        for user, moment in [("u1", "05T10:00"), ("u3", "06T10:00"), ("u5", "27T10:00")]
    ]
    deliver(tmp_path, "base", *base, {"anonymous_id": "tv", "timestamp": "28T10:00"})
    build(tmp_path)
    log_in = {"user_id": "u20", "anonymous_id": "tv", "timestamp": "29T10:00"}
    deliver(tmp_path, "late", {"user_id": "u3", "timestamp": "20T10:00"}, log_in)
    result = run_dbt(
        *("run", "--select", "+events", "+landed_files"),
        database=tmp_path / DATABASE_NAME,
        events_path="events",
    )
    assert result.returncode == 0
    build(tmp_path)
    told = read(
        tmp_path / DATABASE_NAME,
        "select distinct mart, strftime(period_start, '%d'), reason from restatements"
        " where mart in ('engagement_daily', 'retention_cohorts')"
        " and column_name in ('daily_active_people', 'retained_count') order by all",
    )
    assert told == [
        ("engagement_daily", "20", "late_events"),
        ("retention_cohorts", "05", "late_events"),
    ]
