"""Who is who, and which events are one visit, by SEMANTICS.md in plain Python.

Written from the definitions and from nothing else: loops over lists of events.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Event:
    """One event; `previous_id` is an alias's, `session` the collector's own session."""

    event_id: str
    at: datetime
    user: str | None = None
    device: str | None = None
    previous_id: str | None = None
    name: str = "seen"
    is_interaction: bool = True
    session: str | None = None


@dataclass(frozen=True)
class Rules:
    """The vars of a build that decide about people and sessions."""

    identity_policy: str = "last_known_user"
    identity_component_limit: int = 10
    identity_obey_merges: bool = True
    session_timeout_minutes: int = 30
    session_cut_at_midnight: bool = False
    session_max_hours: int = 0
    session_excluded_events: tuple[str, ...] = ()
    session_source: str = "rule"
    time_zone: str = "UTC"


class Groups:
    """Things that are joined two by two."""

    def __init__(self) -> None:
        self._of: dict[str, set[str]] = {}

    def of(self, thing: str) -> set[str]:
        return self._of.setdefault(thing, {thing})

    def join(self, one: str, other: str) -> None:
        joined = self.of(one) | self.of(other)
        for thing in joined:
            self._of[thing] = joined


def person_id(identifier_type: str, identifier: str) -> str:
    return hashlib.md5(f"{identifier_type}:{identifier}".encode()).hexdigest()


def people(events: Iterable[Event], rules: Rules) -> dict[str, str | None]:
    """The person of each event, by the event's id."""
    events = sorted(events, key=lambda event: (event.at, event.event_id))
    devices = {event.device for event in events if event.device}
    named = {event.user for event in events if event.user and not event.previous_id}
    first_seen: dict[str, datetime] = {}
    log_ins: dict[str, dict[datetime, str]] = defaultdict(dict)
    merged, linked = Groups(), Groups()
    first_alias: dict[tuple[str, str], datetime] = {}
    aliased: dict[str, set[str]] = defaultdict(set)
    for event in events:
        if event.user:
            first_seen.setdefault(event.user, event.at)
        if event.user and event.device:
            _log_in(log_ins, event.device, event.user, event.at)
            linked.join(f"d {event.device}", f"u {event.user}")
        if event.previous_id and event.user and rules.identity_obey_merges:
            first_alias.setdefault((event.previous_id, event.user), event.at)
    for (previous, user), at in first_alias.items():
        if previous in devices:
            aliased[previous].add(user)
            _log_in(log_ins, previous, user, at)
            linked.join(f"d {previous}", f"u {user}")
        if previous not in devices or previous in named:
            first_seen[previous] = min(at, first_seen.get(previous, at))
            merged.join(previous, user)
            linked.join(f"u {previous}", f"u {user}")

    def canonical(user: str) -> str:
        group = merged.of(user)
        if rules.identity_policy == "connected_components":
            users = {thing[2:] for thing in linked.of(f"u {user}") if thing[0] == "u"}
            if len(users) <= rules.identity_component_limit:
                group = users
        return min(group, key=lambda other: (first_seen[other], other))

    def is_aliased(device: str, user: str) -> bool:
        return canonical(user) in map(canonical, aliased[device])

    policy = rules.identity_policy
    return {
        event.event_id: _person(event, log_ins, canonical, is_aliased, policy)
        for event in events
    }


def _log_in(
    log_ins: dict[str, dict[datetime, str]], device: str, user: str, at: datetime
) -> None:
    """Of those who log in at one moment the last by id is known after it."""
    log_ins[device][at] = max(user, log_ins[device].get(at, user))


def _person(event, log_ins, canonical, is_aliased, policy: str) -> str | None:  # type: ignore[no-untyped-def]
    """An alias makes a device's history its user's, whatever the policy."""
    if event.user:
        return person_id("user", canonical(event.user))
    if not event.device:
        return None
    known = sorted(log_ins.get(event.device, {}).items())
    if not known:
        return person_id("anonymous", event.device)
    before = [user for at, user in known if at <= event.at]
    if policy == "first_user_forever":
        owner = known[0][1]
    elif policy == "last_user_forever":
        owner = known[-1][1]
    elif before:
        owner = before[-1]
    elif policy == "no_backfill" and not is_aliased(event.device, known[0][1]):
        return person_id("anonymous", event.device)
    else:
        owner = known[0][1]
    return person_id("user", canonical(owner))


def sessions(
    events: Iterable[Event], person_of: dict[str, str | None], rules: Rules
) -> dict[str, str | None]:
    """The session of each event, by the event's id; null where it is in none."""
    visits = defaultdict(list)
    found: dict[str, str | None] = {}
    for event in sorted(events, key=lambda event: (event.at, event.event_id)):
        found[event.event_id] = None
        person = person_of[event.event_id]
        if person is None or event.name in rules.session_excluded_events:
            continue
        if event.is_interaction:
            own = event.session if rules.session_source == "collector" else None
            visits[person, event.device or person, own].append(event)
    spans = []
    for (person, device, own), visit in visits.items():
        started = previous = None
        for event in visit:
            if previous is None or (
                own is None and _cuts(started, previous, event, rules)
            ):
                started = event
                name = f"{device}:throughline:{event.event_id}"
                session = hashlib.md5(name.encode()).hexdigest()
                spans.append([person, event.at, event.at, session])
            found[event.event_id] = session
            spans[-1][2] = previous_at = event.at
            previous = event
            assert previous_at >= started.at
    for event in events:
        if event.is_interaction or event.name in rules.session_excluded_events:
            continue
        open_then = [
            (-span[1].timestamp(), span[3])
            for span in spans
            if span[0] == person_of[event.event_id] and span[1] <= event.at <= span[2]
        ]
        if open_then:
            found[event.event_id] = min(open_then)[1]
    return found


def _cuts(started: Event, previous: Event, event: Event, rules: Rules) -> bool:
    if event.at - previous.at > timedelta(minutes=rules.session_timeout_minutes):
        return True
    zone = ZoneInfo(rules.time_zone)
    days = [moment.at.astimezone(zone).date() for moment in (previous, event)]
    if rules.session_cut_at_midnight and days[0] != days[1]:
        return True
    length = timedelta(hours=rules.session_max_hours)
    return bool(length) and event.at - started.at > length
