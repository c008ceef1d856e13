"""Active people by day (SEMANTICS.md section 8)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pandas as pd

from oracle.numbers import mean, median, rate
from oracle.periods import local_date
from oracle.records import SECOND, Event, to_events, to_frame

COLUMNS = [
    "activity_date",
    "daily_active_people",
    "weekly_active_people",
    "monthly_active_people",
    "stickiness",
    "sessions",
    "events_per_session",
    "median_session_seconds",
]


def engagement_daily(events: pd.DataFrame, time_zone: str = "UTC") -> pd.DataFrame:
    """The public table `engagement_daily`, for each day from first to latest event.

    Weekly (7 days) and monthly (30 days) active people are trailing and distinct;
    stickiness is the mean of the daily ones over the same 30 days, as far as the data
    has them, over the monthly ones. Sessions belong to the day they start.
    """
    records = to_events(events)
    if not records:
        return pd.DataFrame([], columns=COLUMNS)
    active: dict[date, set[str]] = {}
    sessions: dict[str, list[Event]] = {}
    for event in records:
        if event.session_id is not None:
            sessions.setdefault(event.session_id, []).append(event)
        if event.is_interaction and event.person_id is not None:
            day = local_date(event.at, time_zone)
            active.setdefault(day, set()).add(event.person_id)
    started: dict[date, list[list[Event]]] = {}
    for session in sessions.values():
        day = local_date(session[0].at, time_zone)
        started.setdefault(day, []).append(session)
    first_day = local_date(records[0].at, time_zone)
    last_day = local_date(records[-1].at, time_zone)
    all_days = [
        first_day + timedelta(days=index)
        for index in range((last_day - first_day).days + 1)
    ]
    rows = []
    for index, day in enumerate(all_days):
        month = all_days[max(index - 29, 0) : index + 1]
        week = all_days[max(index - 6, 0) : index + 1]
        daily_counts = [len(active.get(each, set())) for each in month]
        monthly = _distinct(active, month)
        mean_daily = mean(daily_counts) or 0.0
        rows.append(
            {
                "activity_date": pd.Timestamp(day),
                "daily_active_people": daily_counts[-1],
                "weekly_active_people": _distinct(active, week),
                "monthly_active_people": monthly,
                "stickiness": rate(mean_daily, monthly),
                **_session_measures(started.get(day, [])),
            }
        )
    return to_frame(rows, COLUMNS, ["activity_date"])


def _distinct(active: Mapping[date, set[str]], days: list[date]) -> int:
    return len(set().union(*(active.get(day, set()) for day in days)))


def _session_measures(sessions: list[list[Event]]) -> dict[str, Any]:
    """A session ends at its last event; those that joined it lie within."""
    durations = [(session[-1].at - session[0].at) / SECOND for session in sessions]
    event_count = sum(len(session) for session in sessions)
    return {
        "sessions": len(sessions),
        "events_per_session": rate(event_count, len(sessions)),
        "median_session_seconds": median(durations),
    }
