"""People and sessions by every policy and option, against plain Python.

Populations that share no identifier are drawn at random and built together: shared
devices, log-ins at one moment, aliases in chains and of devices, gaps of exactly half
an hour, visits over midnight and longer than any limit. One database is rebuilt under
each set of vars, so that a build which keeps what another policy made is found too.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from databases import DATABASE_NAME, build, read
from oracle.people import Event, Rules, people, person_id, sessions

SEED = int(os.environ.get("THROUGHLINE_TEST_SEED", "1"))
POPULATIONS = 400
RULES = {
    "defaults": Rules(),
    "one person per component, midnight cuts": Rules(
        identity_policy="connected_components",
        identity_component_limit=2,
        session_cut_at_midnight=True,
        time_zone="America/Los_Angeles",
    ),
    "a wider component, an hour at most": Rules(
        identity_policy="connected_components",
        identity_component_limit=4,
        session_max_hours=1,
    ),
    "no backfill, beats left out": Rules(
        identity_policy="no_backfill",
        session_excluded_events=("beat",),
        session_max_hours=2,
        session_cut_at_midnight=True,
    ),
    "the first user for ever, the collector's sessions": Rules(
        identity_policy="first_user_forever", session_source="collector"
    ),
    "the last user for ever, merges ignored": Rules(
        identity_policy="last_user_forever",
        identity_obey_merges=False,
        session_timeout_minutes=10,
    ),
}


def told(name: str, *story: tuple[str | None, str | None]) -> list[Event]:
    """Events of users and devices, an hour apart; what has no user is anonymous."""
    begun = datetime(2026, 3, 1, tzinfo=UTC)
    return [
        Event(
            event_id=f"{name}-{index}",
            at=begun + timedelta(hours=index),
            user=user and f"{name}-{user}",
            device=device and f"{name}-{device}",
        )
        for index, (user, device) in enumerate(story)
    ]


@dataclass(frozen=True)
class Documented:
    """A case of a vendor's documentation: whose each event is there (user or device).

    `under` are the sets of vars under which this project says the same.
    """

    source: str
    events: list[Event]
    owners: str
    under: tuple[str, ...]


DEFAULT = "defaults"
MIXPANEL = "the first user for ever, the collector's sessions"
SNOWPLOW = "the last user for ever, merges ignored"
RUDDERSTACK = "a wider component, an hour at most"
DOCUMENTED = [
    Documented(
        "docs.mixpanel.com, Identifying Users (Simplified), New User Signup",
        told("m1", (None, "d"), (None, "d"), ("u", "d"), ("u", "d")),
        "u u u u",
        (DEFAULT, MIXPANEL, SNOWPLOW, RUDDERSTACK),
    ),
    Documented(
        "docs.mixpanel.com, the same, Returning User: a second device, anonymous first",
        told("m2", (None, "d"), ("u", "d"), (None, "e"), ("u", "e"), (None, "e")),
        "u u u u u",
        (DEFAULT, MIXPANEL, SNOWPLOW, RUDDERSTACK),
    ),
    Documented(
        "docs.mixpanel.com, the same, Multiple Users, One Device: without reset() the"
        " device stays with the first user, whose anonymous events on it are",
        told("m3", (None, "d"), ("u", "d"), (None, "d"), ("v", "d"), (None, "d")),
        "u u u v u",
        (MIXPANEL,),
    ),
    Documented(
        "amplitude.com/docs, Track unique users: anonymous events before a log-in are"
        " the user's; after a log-out those of the last user known on the device",
        told("a1", (None, "d"), ("u", "d"), (None, "d"), ("v", "d"), (None, "d")),
        "u u u v v",
        (DEFAULT,),
    ),
    Documented(
        "posthog.com/docs, Identifying users: two identified users are never merged by"
        " sharing a browser, and what went before the first identify is the first's",
        told("p1", (None, "d"), ("u", "d"), ("v", "d"), ("u", "d"), (None, "d")),
        "u u v u u",
        (DEFAULT,),
    ),
    Documented(
        "posthog.com/docs, the same, Reset on logout: who has a new id is anew",
        told("p2", (None, "d"), ("u", "d"), (None, "e"), ("v", "e")),
        "u u v v",
        (DEFAULT, MIXPANEL, SNOWPLOW),
    ),
    Documented(
        "docs.snowplow.io, Identity stitching: a cookie's sessions are all of the user"
        " last seen with it",
        told("s1", (None, "d"), ("u", "d"), (None, "d"), ("v", "d"), (None, "d")),
        "v u v v v",
        (SNOWPLOW,),
    ),
    Documented(
        "rudderstack.com/docs, Identity stitching: all identifiers that any chain of"
        " events joins are one customer",
        told("r1", (None, "d"), ("u", "d"), ("v", "d"), ("v", "e"), (None, "e")),
        "u u u u u",
        (RUDDERSTACK,),
    ),
]


def draw_population(number: int, draw: random.Random) -> Iterator[Event]:
    """A few users and devices, and what happened on them, in no order."""
    users = [f"u{number}-{index}" for index in range(draw.randint(1, 5))]
    devices = [f"d{number}-{index}" for index in range(draw.randint(1, 4))]
    at = datetime(2026, 1, 5, draw.randint(0, 23), 30, tzinfo=UTC)
    gaps = [0, 0, 1, 600, 601, 1200, 1800, 1801, 3000, 7200]
    for index in range(draw.randint(2, 25)):
        at += timedelta(seconds=draw.choice(gaps))
        user = draw.choice([*users, None, None, None])
        device = draw.choice([*devices, None] if user else devices)
        is_alias = user is not None and draw.random() < 0.1
        yield Event(
            event_id=f"{number}-{draw.randint(0, 999)}-{index}",
            at=at,
            user=user,
            device=device,
            previous_id=draw.choice([*users, *devices, "x"]) if is_alias else None,
            name="alias"
            if is_alias
            else draw.choice(["seen", "seen", "beat", "email_sent"]),
            session=draw.choice(["s1", "s2", None]),
        )


def as_line(event: Event) -> str:
    """The event in the project's own format; what is sent happens without a person."""
    line = {
        "event_id": event.event_id,
        "event": event.name,
        "timestamp": event.at.isoformat(),
        "user_id": event.user,
        "anonymous_id": event.device,
        "session_id": event.session,
    }
    if event.previous_id:
        line |= {"type": "alias", "previous_id": event.previous_id}
    return json.dumps({key: value for key, value in line.items() if value})


@pytest.fixture(scope="module")
def populations() -> list[list[Event]]:
    draw = random.Random(SEED)
    drawn = [list(draw_population(number, draw)) for number in range(POPULATIONS)]
    return [case.events for case in DOCUMENTED] + [
        [
            Event(
                **{
                    **asdict(event),
                    "previous_id": event.previous_id
                    and event.previous_id.replace("x", f"x{number}"),
                    "is_interaction": event.name not in ("alias", "email_sent"),
                }
            )
            for event in events
        ]
        for number, events in enumerate(drawn)
    ]


@pytest.fixture(scope="module")
def database(
    populations: list[list[Event]], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("people")
    lines = [as_line(event) for events in populations for event in events]
    random.Random(SEED).shuffle(lines)
    (folder / "events").mkdir()
    (folder / "events" / "people.jsonl").write_text("\n".join(lines) + "\n")
    return folder / DATABASE_NAME


@pytest.mark.parametrize("name", RULES)
def test_people_and_sessions_are_those_of_plain_python(
    name: str, populations: list[list[Event]], database: Path
) -> None:
    rules = RULES[name]
    settings = {
        **asdict(rules),
        "session_excluded_events": list(rules.session_excluded_events),
    }
    build(
        "--select",
        "+events",
        "+sessions",
        "+people",
        "+identity_conflicts",
        "--vars",
        json.dumps(settings),
        database=database,
        events_path=database.parent / "events",
    )
    found = {
        row[0]: row[1:]
        for row in read(database, "select event_id, person_id, session_id from events")
    }
    assert len(found) == sum(map(len, populations))
    for case in DOCUMENTED:
        for event, owner in zip(case.events, case.owners.split(), strict=True):
            person = person_id("user", f"{event.event_id.split('-')[0]}-{owner}")
            if name in case.under:
                assert found[event.event_id][0] == person, (case.source, event)
    for events in populations:
        person_of = people(events, rules)
        session_of = sessions(events, person_of, rules)
        for event in events:
            expected = (person_of[event.event_id], session_of[event.event_id])
            assert found[event.event_id] == expected, (SEED, event, events)
