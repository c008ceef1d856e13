"""What was so at an event: traits, columns of the session, groups, cohorts.

The events given are one person's, in order. Traits and groups are the latest by time,
up to the event's own moment; a known person's word beats an anonymous device's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from oracle.records import Event, as_text, properties_as_text, text_or_none

USER, SESSION, COHORT = "user.", "session.", "cohort."
Spells = Mapping[tuple[str, str], Sequence[tuple[int, int | None]]]


def value_at(
    event: Event, name: str, own_events: Sequence[Event], spells: Spells
) -> str | None:
    """A property as a definition names it, as of the event."""
    if name.startswith(USER):
        return trait_at(event, name.removeprefix(USER), own_events)
    if name.startswith(SESSION):
        return as_text(event.columns.get(name))
    if name.startswith(COHORT):
        key = (name.removeprefix(COHORT), event.person_id or "")
        return "true" if is_member_at(spells.get(key, []), event.at) else "false"
    return event.value_of(name)


def is_member_at(spells: Sequence[tuple[int, int | None]], at: int) -> bool:
    """Whether a moment lies in one of the half-open spells."""
    return any(
        entered <= at and (exited is None or at < exited) for entered, exited in spells
    )


def trait_at(event: Event, name: str, own_events: Sequence[Event]) -> str | None:
    """The last that was said of a person's property; null says nothing."""
    said: dict[bool, str] = {}
    for other in own_events:
        is_of_group = other.columns.get("event_type") == "group"
        if other.at > event.at or other.is_built_in or is_of_group:
            continue
        value = _as_text(other.columns.get("user_properties")).get(name)
        if value is not None:
            said[text_or_none(other.columns.get("user_id")) is not None] = value
    return said.get(True, said.get(False))


def group_at(event: Event, group_type: str, own_events: Sequence[Event]) -> str | None:
    """The group that the event carries, else the last that the person carried."""
    own = _group_carried(event, group_type)
    if own is not None:
        return own
    carried = [
        group
        for other in own_events
        if other.at <= event.at and not other.is_built_in
        for group in [_group_carried(other, group_type)]
        if group is not None
    ]
    return carried[-1] if carried else None


def _group_carried(event: Event, group_type: str) -> str | None:
    return text_or_none(_as_text(event.columns.get("group_ids")).get(group_type))


@cache
def _as_text(raw: object) -> dict[str, str | None]:
    return properties_as_text(raw)
