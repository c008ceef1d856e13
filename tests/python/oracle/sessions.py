"""Sessions recomputed from the rows of the public `events` (SEMANTICS.md section 2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from oracle.definitions import EventNames, cell
from oracle.records import (
    SECOND,
    Event,
    by_person,
    text_or_none,
    to_events,
    to_frame,
    to_timestamp,
)

TIMEOUT = 30 * 60 * SECOND
ENGAGED_AFTER = 10 * SECOND
PAGE_VIEW_NAMES = frozenset({"page_viewed", "screen_viewed"})
SOURCE_COLUMNS = ["channel", "utm_source", "utm_medium", "utm_campaign"]
BLOCKED_WORDS = [
    "null",
    "undefined",
    "none",
    "nil",
    "0",
    "-1",
    "anonymous",
    "guest",
    "true",
    "false",
]
ZERO_UUIDS = ["00000000-0000-0000-0000-000000000000", "0" * 32]
BLOCKED_IDENTIFIERS = frozenset(["", "[object object]", *BLOCKED_WORDS, *ZERO_UUIDS])
COLUMNS = [
    "session_id",
    "person_id",
    "started_at",
    "ended_at",
    "duration_seconds",
    "event_count",
    "page_view_count",
    "is_engaged",
    "is_bounce",
    "entry_page_path",
    "exit_page_path",
    "channel",
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "revenue",
]


@dataclass
class Session:
    """Interactions of one person on one device, and the events that joined them."""

    session_id: str
    person_id: str
    started_at: int
    ended_at: int
    events: list[Event] = field(default_factory=list)


def sessions(
    events: pd.DataFrame,
    named_events: pd.DataFrame | None = None,
    conversions: pd.DataFrame | None = None,
    names_of_sessions: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """The public table `sessions`; see `find_sessions` for its ids."""
    names = EventNames(named_events)
    conversion_rows = [] if conversions is None else conversions.to_dict("records")
    conversion_events = [cell(row, "event") for row in conversion_rows]
    rows = [
        _row(session, names, conversion_events)
        for session in find_sessions(to_events(events), names_of_sessions)
    ]
    return to_frame(rows, COLUMNS, ["session_id"])


def session_of_each_event(
    events: pd.DataFrame, names_of_sessions: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Event id to session id, for the events that have one: the partition itself."""
    found = find_sessions(to_events(events), names_of_sessions)
    return {
        event.event_id: session.session_id
        for session in found
        for event in session.events
    }


def find_sessions(
    events: Sequence[Event], names_of_sessions: Mapping[str, str] | None = None
) -> list[Session]:
    """Cut each person's interactions on each device where a gap exceeds 30 minutes.

    A session is named by `names_of_sessions` of its first event's id, or else after
    the device and that event, also where another session has the name already, so that
    equal names mean an equal partition. Names only break ties between sessions.
    """
    given_names = {
        event_id: name
        for event_id, name in (names_of_sessions or {}).items()
        if text_or_none(name) is not None
    }
    used: set[str] = set()
    found: list[Session] = []
    for person_id, own_events in by_person(events).items():
        own_sessions: list[Session] = []
        for device, interactions in _interactions_by_device(own_events).items():
            for run in _cut_at_gaps(interactions):
                name = given_names.get(run[0].event_id)
                if name is None or name in used:
                    name = f"{device}|{run[0].event_id}"
                used.add(name)
                own_sessions.append(
                    Session(
                        session_id=name,
                        person_id=person_id,
                        started_at=run[0].at,
                        ended_at=run[-1].at,
                        events=run,
                    )
                )
        for event in own_events:
            if not event.is_interaction:
                _join_open_session(event, own_sessions)
        found.extend(own_sessions)
    return found


def device_of(event: Event) -> str:
    """The device: anonymous_id, or else the person's known id (section 2)."""
    anonymous_id = text_or_none(event.columns.get("anonymous_id"))
    if anonymous_id is None or anonymous_id.strip().lower() in BLOCKED_IDENTIFIERS:
        return f"person {event.person_id}"
    return f"device {anonymous_id}"


def _interactions_by_device(events: Sequence[Event]) -> dict[str, list[Event]]:
    devices: dict[str, list[Event]] = {}
    for event in events:
        if event.is_interaction:
            devices.setdefault(device_of(event), []).append(event)
    return devices


def _cut_at_gaps(interactions: Sequence[Event]) -> list[list[Event]]:
    """No gap **longer** than the timeout: exactly 30:00 does not cut (section 2)."""
    runs: list[list[Event]] = []
    for event in interactions:
        if runs and event.at - runs[-1][-1].at <= TIMEOUT:
            runs[-1].append(event)
        else:
            runs.append([event])
    return runs


def _join_open_session(event: Event, own_sessions: Sequence[Session]) -> None:
    """Non-interactions join the session that is open at their time (section 0)."""
    open_then = [
        session
        for session in own_sessions
        if session.started_at <= event.at <= session.ended_at
    ]
    if open_then:
        chosen = min(open_then, key=lambda each: (-each.started_at, each.session_id))
        chosen.events.append(event)


def _row(
    session: Session, names: EventNames, conversion_events: Sequence[str]
) -> dict[str, Any]:
    ordered = sorted(session.events, key=lambda event: event.order)
    duration = session.ended_at - session.started_at
    page_views = sum(event.event_name in PAGE_VIEW_NAMES for event in ordered)
    has_converted = any(
        names.matches(conversion, event)
        for event in ordered
        for conversion in conversion_events
    )
    is_engaged = duration > ENGAGED_AFTER or has_converted or page_views >= 2
    paths = [text_or_none(event.columns.get("page_path")) for event in ordered]
    known_paths = [path for path in paths if path is not None]
    return {
        "session_id": session.session_id,
        "person_id": session.person_id,
        "started_at": to_timestamp(session.started_at),
        "ended_at": to_timestamp(session.ended_at),
        "duration_seconds": duration / SECOND,
        "event_count": len(ordered),
        "page_view_count": page_views,
        "is_engaged": is_engaged,
        "is_bounce": not is_engaged,
        "entry_page_path": known_paths[0] if known_paths else None,
        "exit_page_path": known_paths[-1] if known_paths else None,
        **_source(ordered),
        "revenue": sum(_revenue(event) for event in ordered),
    }


def _source(ordered: Sequence[Event]) -> dict[str, str | None]:
    """The source is that of its first event that has one (section 2)."""
    for event in ordered:
        source = {
            name: text_or_none(event.columns.get(name)) for name in SOURCE_COLUMNS
        }
        if any(source.values()):
            return {**source, "channel": source["channel"] or "Direct"}
    return {**dict.fromkeys(SOURCE_COLUMNS), "channel": "Direct"}


def _revenue(event: Event) -> float:
    text = text_or_none(event.columns.get("revenue"))
    return 0.0 if text is None else float(text)
