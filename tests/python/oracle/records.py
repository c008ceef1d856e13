"""Events as plain records: what every other module of the oracle reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from math import isnan
from typing import Any

import pandas as pd

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = 1_000_000
DAY = 86_400 * SECOND
SESSION_STARTED = "session_started"
FIRST_SEEN = "first_seen"
BUILT_IN_NAMES = frozenset({SESSION_STARTED, FIRST_SEEN})


@dataclass(frozen=True, eq=False)
class Event:
    """One kept event; `at` is microseconds of UTC, so that elapsed time is exact."""

    event_id: str
    event_name: str
    at: int
    person_id: str | None
    session_id: str | None
    is_interaction: bool
    columns: Mapping[str, Any] = field(repr=False)
    is_built_in: bool = False

    @property
    def order(self) -> tuple[int, str]:
        """Time, then id: ties break on content (DESIGN.md)."""
        return (self.at, self.event_id)

    @cached_property
    def properties(self) -> dict[str, str | None]:
        """The event's own properties, each as text."""
        return properties_as_text(self.columns.get("properties"))

    def value_of(self, name: str) -> str | None:
        """A property as text: from `properties`, else the typed column of that name.

        `session.x` is found when the frame carries a column of that whole name.
        """
        value = self.properties.get(name)
        return as_text(self.columns.get(name)) if value is None else value


def properties_as_text(raw: object) -> dict[str, str | None]:
    """Top-level properties as text; numbers stay exactly as they were written."""
    while isinstance(raw, str):
        raw = json.loads(raw, parse_float=_Number, parse_int=_Number) if raw else {}
        if isinstance(raw, _Number):
            return {}
    if not isinstance(raw, Mapping):
        return {}
    return {str(name): as_text(value) for name, value in raw.items()}


class _Number(str):
    """A JSON number that keeps its text."""


def as_text(value: object) -> str | None:
    """One value as text: null stays null, booleans are `true` and `false`."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (Mapping, list, tuple)):
        return json.dumps(value, separators=(",", ":"), default=str)
    if is_missing(value):
        return None
    return str(value)


def as_number(text: str | None) -> float | None:
    """A property's number, or null where it is not one."""
    try:
        return None if text is None else float(text)
    except ValueError:
        return None


def is_missing(value: object) -> bool:
    """Null in any of pandas' spellings."""
    is_not_a_number = isinstance(value, float) and isnan(value)
    return value is None or value is pd.NA or value is pd.NaT or is_not_a_number


def text_or_none(value: object) -> str | None:
    """An identifier or name; the empty text is no value."""
    return None if is_missing(value) or value == "" else str(value)


def to_microseconds(value: object) -> int:
    """A time (text without an offset is UTC) in microseconds since 1970."""
    moment = pd.Timestamp(value)  # type: ignore[arg-type]
    moment = (
        moment.tz_localize("UTC") if moment.tz is None else moment.tz_convert("UTC")
    )
    return (moment.to_pydatetime(warn=False) - EPOCH) // timedelta(microseconds=1)


def to_timestamp(microseconds: int) -> pd.Timestamp:
    """Microseconds since 1970 as a naive UTC time, as the public tables hold it."""
    return pd.Timestamp(
        (EPOCH + timedelta(microseconds=microseconds)).replace(tzinfo=None)
    )


def to_events(events: pd.DataFrame) -> list[Event]:
    """All rows of the public `events`, in order of time and id."""
    records = [
        Event(
            event_id=str(row["event_id"]),
            event_name=str(row["event_name"]),
            at=to_microseconds(row["occurred_at"]),
            person_id=text_or_none(row.get("person_id")),
            session_id=text_or_none(row.get("session_id")),
            is_interaction=bool(row["is_interaction"]),
            columns=row,
        )
        for row in events.to_dict("records")
    ]
    return sorted(records, key=lambda event: event.order)


def with_built_in_events(events: Iterable[Event]) -> list[Event]:
    """Add `session_started` and `first_seen` (section 0) as events of their own.

    Each stands beside the event that caused it, at the same time and with the same
    properties, and is no interaction, so that `*` and `any` do not count it.
    """
    ordered = sorted(events, key=lambda event: event.order)
    built_in: dict[tuple[str, str], Event] = {}
    for event in ordered:
        if event.person_id is None:
            continue
        causes = [(FIRST_SEEN, event.person_id)]
        if event.session_id is not None and event.is_interaction:
            causes.append((SESSION_STARTED, event.session_id))
        for name, of in causes:
            built_in.setdefault(
                (name, of),
                Event(
                    event_id=f"{name}:{of}",
                    event_name=name,
                    at=event.at,
                    person_id=event.person_id,
                    session_id=event.session_id,
                    is_interaction=False,
                    columns=event.columns,
                    is_built_in=True,
                ),
            )
    return sorted([*ordered, *built_in.values()], key=lambda event: event.order)


def by_person(events: Iterable[Event]) -> dict[str, list[Event]]:
    """Each person's events in order; events without a person belong to nobody."""
    people: dict[str, list[Event]] = {}
    for event in events:
        if event.person_id is not None:
            people.setdefault(event.person_id, []).append(event)
    return people


def to_frame(
    rows: list[dict[str, Any]], columns: list[str], key: list[str]
) -> pd.DataFrame:
    """Rows as a frame of the contract's columns, sorted by the key."""
    ordered = sorted(rows, key=lambda row: tuple(row[name] for name in key))
    return pd.DataFrame(ordered, columns=columns)
