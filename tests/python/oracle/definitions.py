"""The definition CSVs: cells with their defaults, and what an event name stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import pandas as pd

from oracle.records import (
    BUILT_IN_NAMES,
    Event,
    as_number,
    is_missing,
    to_microseconds,
)

NOT_SET = "(not set)"
ALL_VALUES = "(all)"
VALUE_LIKE_ALL = '"(all)"'
ANY_INTERACTION = "*"
ANY_ACTIVITY = "any"


def cell(row: Mapping[str, Any], column: str, default: str = "") -> str:
    """A definition's cell; empty cells mean the default (DESIGN.md, Definitions)."""
    value = row.get(column)
    return (
        default if is_missing(value) or str(value).strip() == "" else str(value).strip()
    )


def rows_of(definitions: pd.DataFrame, **equal: str) -> list[dict[str, Any]]:
    """The rows whose cells equal the given texts, in the file's order."""
    rows = definitions.to_dict("records")
    return [
        row
        for row in rows
        if all(cell(row, column) == value for column, value in equal.items())
    ]


def is_between(at: int, row: Mapping[str, Any], since: str, until: str) -> bool:
    """Whether a time lies in a definition's half-open range, unbounded where empty."""
    since_text, until_text = cell(row, since), cell(row, until)
    return (not since_text or at >= to_microseconds(since_text)) and (
        not until_text or at < to_microseconds(until_text)
    )


def breakdown_value(event: Event, property_name: str) -> str:
    """The value by which an event is broken down; `(not set)` where it has none.

    A value that reads like the label of the total stands in quotes.
    """
    return breakdown_label(event.value_of(property_name))


def breakdown_label(value: str | None) -> str:
    """A value as breakdowns show it."""
    if value == ALL_VALUES:
        return VALUE_LIKE_ALL
    return NOT_SET if value is None or value == "" else value


@cache
def canonical_name(source_name: str) -> str:
    """Section 0, Names: camelCase split, all else to `_`, no leading `$`, lower."""
    split = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1_\2", source_name)
    split = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", split)
    return re.sub(r"[^A-Za-z0-9]+", "_", split).strip("_").lower()


class EventNames:
    """What the names in definitions stand for: named events, activities, built-ins."""

    def __init__(
        self,
        named_events: pd.DataFrame | None = None,
        activities: pd.DataFrame | None = None,
    ) -> None:
        """Read both CSVs once; without them every name stands for itself."""
        self._alternatives: dict[str, dict[str, list[dict[str, Any]]]] = {}
        for row in [] if named_events is None else named_events.to_dict("records"):
            alternatives = self._alternatives.setdefault(cell(row, "event"), {})
            alternatives.setdefault(cell(row, "alternative"), []).append(row)
        self._activities: dict[str, list[str]] = {}
        for row in [] if activities is None else activities.to_dict("records"):
            members = self._activities.setdefault(cell(row, "activity"), [])
            members.append(cell(row, "event"))

    def matches(self, name: str, event: Event) -> bool:
        """Whether the event is what the name says.

        Rows of one event and alternative hold together, alternatives are or-ed; a
        name that is not listed stands for itself; `*` is any interaction (section 0).
        """
        if name in BUILT_IN_NAMES or event.is_built_in:
            return event.is_built_in and event.event_name == name
        if name == ANY_INTERACTION:
            return event.is_interaction
        alternatives = self._alternatives.get(name)
        if alternatives is None:
            return event.event_name == canonical_name(name)
        return any(
            all(_row_holds(row, event) for row in rows)
            for rows in alternatives.values()
        )

    def sources(self, name: str) -> set[str]:
        """The names of the events that a name may stand for, whatever they carry."""
        rows = [
            row for rows in self._alternatives.get(name, {}).values() for row in rows
        ]
        if not rows:
            return {name if name == ANY_INTERACTION else canonical_name(name)}
        sources = [cell(row, "source_event_name", ANY_INTERACTION) for row in rows]
        return {
            source if source == ANY_INTERACTION else canonical_name(source)
            for source in sources
        }

    def is_activity(self, name: str, event: Event) -> bool:
        """Whether the event counts as the activity, or is the event, of that name."""
        if name == ANY_ACTIVITY:
            return self.matches(ANY_INTERACTION, event)
        return any(
            self.matches(member, event) for member in self._activities.get(name, [name])
        )


def _row_holds(row: Mapping[str, Any], event: Event) -> bool:
    source_name = cell(row, "source_event_name")
    if source_name == ANY_INTERACTION and not event.is_interaction:
        return False
    is_any = source_name in ("", ANY_INTERACTION)
    if not is_any and event.event_name != canonical_name(source_name):
        return False
    property_name = cell(row, "property_name")
    return not property_name or property_holds(
        event.value_of(property_name),
        cell(row, "operator", "equals"),
        cell(row, "property_value"),
    )


def property_holds(value: str | None, operator: str, expected: str) -> bool:
    """One row's condition; a property that is absent is only `not` something."""
    if operator == "is_set":
        return value is not None
    if operator == "is_not_set":
        return value is None
    if operator == "not_equals":
        return value is None or value != expected
    if value is None:
        return False
    if operator == "equals":
        return value == expected
    if operator == "contains":
        return expected.lower() in value.lower()
    if operator == "matches":
        return re.search(expected, value) is not None
    if operator == "one_of":
        return value in [choice.strip() for choice in expected.split("|")]
    number, limit = as_number(value), as_number(expected)
    if number is None or limit is None:
        return False
    if operator == "greater_than":
        return number > limit
    if operator == "less_than":
        return number < limit
    raise ValueError(f"named_events.csv has an unknown operator: {operator}")


def filled_cells(row: Mapping[str, Any], columns: Iterable[str]) -> list[str]:
    """Which of the columns have a value: options the oracle may not know."""
    return [column for column in columns if cell(row, column)]
