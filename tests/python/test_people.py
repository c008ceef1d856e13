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
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from databases import DATABASE_NAME, build, read
from oracle.people import Event, Rules, people, sessions

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
    return [
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
    for events in populations:
        person_of = people(events, rules)
        session_of = sessions(events, person_of, rules)
        for event in events:
            expected = (person_of[event.event_id], session_of[event.event_id])
            assert found[event.event_id] == expected, (SEED, event, events)
